package dev.tcplay.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A socket of this machine, which is its owner's alone.
 *
 * @param path where it lies
 */
record LocalSocket(Path path) {

  /**
   * What the address of a socket has room for on Linux, in bytes; elsewhere it is a little less.
   */
  private static final int MOST_ADDRESS_BYTES = 107;

  /**
   * Checks that the path is short enough.
   *
   * @throws FileSystemException if it is not
   */
  void checkLength() throws FileSystemException {
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > MOST_ADDRESS_BYTES) {
      throw new FileSystemException(
          path.toString(), null, "is longer than the address of a socket may be");
    }
  }

  /** Makes the socket, at which this process accepts. */
  ServerSocketChannel bind() throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      socket.bind(UnixDomainSocketAddress.of(path));
      PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
      if (view != null) {
        view.setPermissions(PosixFilePermissions.fromString("rw-------"));
      }
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Connects to the process that accepts there; empty if nobody does.
   *
   * @throws FileSystemException if it cannot be reached, so that nobody knows
   */
  Optional<SocketChannel> connect() throws IOException {
    if (!isThere()) {
      return Optional.empty();
    }
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(path));
      return Optional.of(channel);
    } catch (IOException e) {
      channel.close();
      // Only a refusal says that nobody accepts; the socket may have gone meanwhile, too.
      if (e instanceof ConnectException || !isThere()) {
        return Optional.empty();
      }
      throw new FileSystemException(path.toString(), null, e.getMessage());
    }
  }

  private boolean isThere() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
