package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Reading;
import dev.tcplay.serve.web.Tree;
import dev.tcplay.serve.web.WebHandler;
import java.io.IOException;
import java.util.Set;

/** Answers the methods of WebDAV. Safe for several threads. */
final class WebdavHandler implements WebHandler {

  private static final String READING = "OPTIONS, GET, HEAD, PROPFIND";
  private static final Set<String> WRITING =
      Set.of("PUT", "DELETE", "MKCOL", "COPY", "MOVE", "PROPPATCH", "LOCK", "UNLOCK");

  private final boolean readOnly;
  private final Tree tree;
  private final Uploads uploads;
  private final Transfers transfers;
  private final Copies copies;
  private final Properties properties;
  private final LockMethods lockMethods;

  WebdavHandler(Tree tree, boolean readOnly) {
    this.tree = tree;
    this.readOnly = readOnly;
    Locks locks = new Locks();
    DeadProperties dead = new DeadProperties();
    Permits permits = new Permits(tree, locks);
    uploads = new Uploads(tree, permits);
    Endpoints ends = new Endpoints(tree, permits);
    transfers = new Transfers(tree, permits, dead, ends);
    copies = new Copies(tree, permits, dead, ends);
    properties = new Properties(tree, permits, dead, !readOnly);
    lockMethods = new LockMethods(tree, permits);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    try {
      if (readOnly && WRITING.contains(exchange.method())) {
        throw new HttpFailure(403, "It is served to read only");
      }
      dispatch(exchange);
    } catch (HttpFailure e) {
      if (e.condition().isEmpty()) {
        throw e;
      }
      MultiStatus.error(exchange, e);
    }
  }

  @Override
  public void handleServerOptions(Exchange exchange) {
    exchange.addHeader("DAV", readOnly ? "1" : "1, 2, 3");
    exchange.addHeader("MS-Author-Via", "DAV");
    exchange.addHeader("Allow", methods());
    exchange.answer(200);
  }

  private String methods() {
    return readOnly
        ? READING
        : READING + ", PUT, DELETE, MKCOL, COPY, MOVE, PROPPATCH, LOCK, UNLOCK";
  }

  private void dispatch(Exchange exchange) throws IOException {
    switch (exchange.method()) {
      case "GET", "HEAD" -> Reading.answer(exchange, tree);
      case "OPTIONS" -> handleServerOptions(exchange);
      case "PROPFIND" -> properties.find(exchange);
      case "PROPPATCH" -> properties.patch(exchange);
      case "PUT" -> uploads.put(exchange);
      case "MKCOL" -> uploads.makeCollection(exchange);
      case "DELETE" -> transfers.delete(exchange);
      case "COPY" -> copies.copy(exchange);
      case "MOVE" -> transfers.move(exchange);
      case "LOCK" -> lockMethods.lock(exchange);
      case "UNLOCK" -> lockMethods.unlock(exchange);
      default -> {
        exchange.addHeader("Allow", methods());
        throw new HttpFailure(405, "No such method");
      }
    }
  }
}
