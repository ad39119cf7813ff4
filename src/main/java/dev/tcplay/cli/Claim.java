package dev.tcplay.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;

/**
 * The name of a mapped volume, while this process has it.
 *
 * @param control where {@code unmap}, {@code status} and {@code list} come
 * @param server where clients come
 */
record Claim(RunFolder folder, String name, ServerSocketChannel control, ServerSocketChannel server)
    implements Closeable {

  /** Removes the sockets while they still answer, so that nobody takes them for abandoned. */
  @Override
  public void close() throws IOException {
    try (control;
        server) {
      folder.delete(name);
    }
  }
}
