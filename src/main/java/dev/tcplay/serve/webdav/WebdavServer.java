package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.WebBuilder;
import dev.tcplay.serve.web.WebServer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A server by WebDAV, class 2 of RFC 4918, for Windows Explorer, Finder, GNOME, davfs2 and the
 * like.
 *
 * <pre>{@code
 * try (WebdavServer server = WebdavServer.of(directory).start()) {
 *   System.out.println(server.addresses().get(0)); // http://127.0.0.1:PORT/TOKEN/
 *   server.awaitEnd();
 * }
 * }</pre>
 *
 * <p>An upload becomes the file when it is complete, and until then the old one stays. Locks and
 * properties that the file system has no place for are kept in memory, and end with the server.
 *
 * <p>Safe for several threads.
 */
public final class WebdavServer extends WebServer {

  private WebdavServer(Builder builder) throws IOException {
    super(builder, tree -> new WebdavHandler(tree, builder.readOnly || tree.isReadOnly()));
  }

  /** Begins with the directory, of any file system, that clients see as the root. */
  public static Builder of(Path directory) {
    return new Builder(directory);
  }

  /** Makes a server. Not safe for several threads. */
  public static final class Builder extends WebBuilder<Builder> {

    private boolean readOnly;

    private Builder(Path directory) {
      super(directory);
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Refuses whatever changes the tree, with status 403; by default nothing is refused but where
     * the file system is read-only.
     */
    public Builder readOnly(boolean readOnly) {
      this.readOnly = readOnly;
      return this;
    }

    /**
     * Begins to serve.
     *
     * @throws IOException if the directory is none, or the address is taken
     * @throws IllegalArgumentException if another than the loopback address is to be served without
     *     TLS and a login, or a login without TLS
     */
    public WebdavServer start() throws IOException {
      return new WebdavServer(this);
    }
  }
}
