package dev.tcplay.serve.web;

import dev.tcplay.serve.TreeServer;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * A server of a tree by HTTP that is running. Safe for several threads.
 *
 * <p>It answers pages of other sites nothing, keeps pages of the tree from running scripts, and
 * names neither itself nor paths of the host.
 */
public abstract class WebServer implements TreeServer {

  private final CoyoteServer server;

  /**
   * Begins to serve.
   *
   * @param builder which says what, where and for whom
   * @param handler makes what answers requests
   * @throws IOException if the tree is no directory, or the address is taken
   * @throws IllegalArgumentException if the builder would let in whom it should not
   */
  protected WebServer(WebBuilder<?> builder, Function<Tree, WebHandler> handler)
      throws IOException {
    WebOptions options = builder.options();
    server = CoyoteServer.start(options, handler.apply(new Tree(options.tree())));
  }

  @Override
  public final List<String> addresses() {
    return server.addresses();
  }

  /** Returns how many connections there are; a client may have several. */
  @Override
  public final int clients() {
    return server.connections();
  }

  @Override
  public final void awaitEnd() throws InterruptedException {
    server.awaitEnd();
  }

  @Override
  public final void close() throws IOException {
    server.close();
  }
}
