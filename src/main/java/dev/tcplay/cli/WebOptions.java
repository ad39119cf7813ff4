package dev.tcplay.cli;

import dev.tcplay.cli.tls.TlsCertificates;
import dev.tcplay.serve.Passwords;
import dev.tcplay.serve.TreeServer;
import dev.tcplay.serve.http.HttpFileServer;
import dev.tcplay.serve.web.WebBuilder;
import dev.tcplay.serve.webdav.WebdavServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a tree is served by WebDAV or HTTP. */
final class WebOptions {

  /** Whom clients log in as where they log in. */
  private static final String USER = "tcplay";

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      converter = ListenAddress.class,
      description = {
        "Where to serve, port 0 for any; by default any port of this machine alone, and nothing"
            + " else goes without --tls-certificates."
      })
  private InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Option(
      names = "--tls-certificates",
      paramLabel = "DIR",
      description = {
        "Serve by TLS, with server-cert.pem and server-key.pem in DIR, and let in whoever logs in"
            + " as "
            + USER
            + " with the new password that is printed; without it the address"
            + " that is printed has a secret in it, which lets in who knows it."
      })
  private @Nullable Path certificates;

  @Option(
      names = "--host-name",
      paramLabel = "NAME",
      description = {
        "A name by which clients call this host, such as that in the certificate; others than the"
            + " address are refused. May be given several times."
      })
  private List<String> hostNames = List.of();

  /** Returns whether other machines could read what clients and server say. */
  boolean isInClearForOthers() {
    return certificates == null && !listen.getAddress().isLoopbackAddress();
  }

  TreePart webdav(Path root, boolean readOnly) throws IOException {
    return serve("webdav", WebdavServer.of(root).readOnly(readOnly), WebdavServer.Builder::start);
  }

  TreePart http(Path root) throws IOException {
    return serve("http", HttpFileServer.of(root), HttpFileServer.Builder::start);
  }

  private interface Starter<B> {
    TreeServer start(B builder) throws IOException;
  }

  private <B extends WebBuilder<B>> TreePart serve(String kind, B builder, Starter<B> starter)
      throws IOException {
    try {
      return begin(kind, builder, starter);
    } catch (BindException e) {
      throw ListenAddress.failure(listen, e);
    }
  }

  private <B extends WebBuilder<B>> TreePart begin(String kind, B builder, Starter<B> starter)
      throws IOException {
    builder.listen(listen);
    hostNames.forEach(builder::hostName);
    if (certificates == null) {
      return TreePart.of(kind, starter.start(builder));
    }
    builder.tls(TlsCertificates.server(certificates));
    char[] password = Passwords.random();
    try {
      builder.login(USER, password);
      // It is printed once and kept nowhere, and opens no container.
      return TreePart.of(
          kind, starter.start(builder), "user: " + USER, "password: " + new String(password));
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
