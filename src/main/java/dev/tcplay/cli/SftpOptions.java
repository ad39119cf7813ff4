package dev.tcplay.cli;

import dev.tcplay.serve.Passwords;
import dev.tcplay.serve.sftp.SftpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a tree is served by SFTP. */
final class SftpOptions {

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      converter = ListenAddress.class,
      description = "Where to serve, port 0 for any; by default any port of this machine alone.")
  private InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Option(
      names = "--host-key",
      paramLabel = "FILE",
      description = {
        "The server's private key, as ssh-keygen makes it, without a passphrase; by default a new"
            + " one each time."
      })
  private @Nullable Path hostKey;

  @Option(
      names = "--authorized-keys",
      paramLabel = "FILE",
      description = {
        "Let the owners of these public keys in, a line each as in OpenSSH's file of that name;"
            + " without it a new password is printed, which lets in who knows it."
      })
  private @Nullable Path authorizedKeys;

  /** Serves a tree. */
  TreePart serve(Path root, boolean readOnly) throws IOException {
    try {
      return begin(root, readOnly);
    } catch (BindException e) {
      throw ListenAddress.failure(listen, e);
    }
  }

  private TreePart begin(Path root, boolean readOnly) throws IOException {
    SftpServer.Builder builder = SftpServer.of(root).readOnly(readOnly).listen(listen);
    if (hostKey != null) {
      builder.hostKey(hostKey);
    }
    if (authorizedKeys != null) {
      SftpServer server = builder.authorizedKeys(authorizedKeys).start();
      return part(server, server.refusedKeys().stream().map(key -> "refused: " + key).toList());
    }
    char[] password = Passwords.random();
    try {
      SftpServer server = builder.password(password).start();
      // It is printed once and kept nowhere, and opens no container.
      return part(server, List.of("password: " + new String(password)));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static TreePart part(SftpServer server, List<String> more) {
    List<String> lines = new ArrayList<>(List.of("host key: " + server.fingerprint()));
    lines.addAll(more);
    return TreePart.of("sftp", server, lines.toArray(String[]::new));
  }
}
