package dev.tcplay.serve.http;

import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Reading;
import dev.tcplay.serve.web.Tree;
import dev.tcplay.serve.web.WebBuilder;
import dev.tcplay.serve.web.WebHandler;
import dev.tcplay.serve.web.WebServer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A server by HTTP for browsers, players and downloads, which reads only: pages that list
 * directories, and files, whole or in ranges.
 *
 * <pre>{@code
 * try (HttpFileServer server = HttpFileServer.of(directory).start()) {
 *   System.out.println(server.addresses().get(0)); // http://127.0.0.1:PORT/TOKEN/
 *   server.awaitEnd();
 * }
 * }</pre>
 *
 * <p>Safe for several threads.
 */
public final class HttpFileServer extends WebServer {

  private HttpFileServer(Builder builder) throws IOException {
    super(builder, Reader::new);
  }

  /** Begins with the directory, of any file system, that clients see as the root. */
  public static Builder of(Path directory) {
    return new Builder(directory);
  }

  /** Makes a server. Not safe for several threads. */
  public static final class Builder extends WebBuilder<Builder> {

    private Builder(Path directory) {
      super(directory);
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Begins to serve.
     *
     * @throws IOException if the directory is none, or the address is taken
     * @throws IllegalArgumentException if another than the loopback address is to be served without
     *     TLS and a login, or a login without TLS
     */
    public HttpFileServer start() throws IOException {
      return new HttpFileServer(this);
    }
  }

  /** Answers GET and HEAD. */
  private record Reader(Tree tree) implements WebHandler {

    private static final String METHODS = "GET, HEAD, OPTIONS";

    @Override
    public void handle(Exchange exchange) throws IOException {
      switch (exchange.method()) {
        case "GET", "HEAD" -> Reading.answer(exchange, tree);
        case "OPTIONS" -> handleServerOptions(exchange);
        default -> {
          exchange.addHeader("Allow", METHODS);
          throw new HttpFailure(405, "It reads only");
        }
      }
    }

    @Override
    public void handleServerOptions(Exchange exchange) {
      exchange.addHeader("Allow", METHODS);
      exchange.answer(200);
    }
  }
}
