package dev.tcplay.serve.web;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come in from Coyote: strangers are turned away, and what fails becomes a status.
 * Safe for several threads.
 */
final class Door implements Adapter {

  private static final Logger LOG = Logger.getLogger(Door.class.getName());

  /** Nothing of a page runs, nor loads from elsewhere; its own pictures, films and styles do. */
  private static final String POLICY =
      "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'self'"
          + " 'unsafe-inline'; font-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final Guard guard;
  private final WebHandler handler;
  private final RequestsUnderWay underWay;

  Door(Guard guard, WebHandler handler, RequestsUnderWay underWay) {
    this.guard = guard;
    this.handler = handler;
    this.underWay = underWay;
  }

  @Override
  public void service(Request request, Response response) {
    boolean entered = underWay.enter();
    try {
      // Coyote has found fault with it already.
      if (response.getStatus() < 400) {
        serve(request, response, entered);
      }
    } finally {
      response.action(ActionCode.CLOSE, null);
      if (entered) {
        underWay.leave();
      }
    }
  }

  private void serve(Request request, Response response, boolean entered) {
    try {
      Exchange exchange = new Exchange(request, response, guard.prefix(), underWay);
      if (!entered) {
        throw new HttpFailure(503, "The server ends");
      }
      answer(request, exchange);
    } catch (IOException | RuntimeException | Error e) {
      // Whatever it was, a client must not take it for success, which is the status by default.
      LOG.log(Level.FINE, "a request failed", e);
      fail(response, e);
    }
  }

  private void answer(Request request, Exchange exchange) throws IOException {
    exchange.addHeader("X-Content-Type-Options", "nosniff");
    exchange.addHeader("Content-Security-Policy", POLICY);
    exchange.addHeader("Cross-Origin-Resource-Policy", "same-origin");
    exchange.addHeader("Referrer-Policy", "no-referrer");
    // Browsers and caches keep no file of an encrypted volume in the clear.
    exchange.addHeader("Cache-Control", "no-store");
    String raw = request.requestURI().toString();
    boolean whole = raw.equals("*") || (raw.equals("/") && !guard.prefix().isEmpty());
    if (whole && exchange.method().equals("OPTIONS")) {
      exchange.refuseBody();
      guard.checkSite(exchange);
      handler.handleServerOptions(exchange);
      return;
    }
    exchange.path(RequestPath.parse(admit(raw, exchange)));
    handler.handle(exchange);
  }

  /** Strangers keep no thread waiting for what they send. */
  private String admit(String raw, Exchange exchange) throws HttpFailure {
    try {
      guard.checkSite(exchange);
      return guard.admit(raw, exchange);
    } catch (HttpFailure e) {
      exchange.refuseBody();
      throw e;
    }
  }

  /**
   * Tells the client of a failure, if nothing of an answer is on the way; else ends the connection.
   */
  private static void fail(Response response, Throwable failure) {
    if (response.isCommitted()) {
      response.action(ActionCode.CLOSE_NOW, failure);
      return;
    }
    int status = Statuses.of(failure);
    response.setStatus(status);
    if (status != 304) {
      response.setContentTypeNoCharset(null);
      response.setContentLength(0);
    }
  }

  @Override
  public boolean prepare(Request request, Response response) {
    return true;
  }

  @Override
  public boolean asyncDispatch(Request request, Response response, SocketEvent event) {
    return false;
  }

  @Override
  public void log(Request request, Response response, long time) {
    // Nobody keeps a log of who asked for what.
  }

  @Override
  public void checkRecycled(Request request, Response response) {
    // Nothing of a request is kept in Coyote's objects.
  }

  @Override
  public @Nullable String getDomain() {
    // Without a name, nothing is registered with JMX.
    return null;
  }
}
