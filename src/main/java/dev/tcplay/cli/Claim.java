package dev.tcplay.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;

/**
 * The name of a served volume, while this process has it.
 *
 * @param control where {@code unmap}, {@code status} and {@code list} come
 */
record Claim(RunFolder folder, String name, ServerSocketChannel control) implements Closeable {

  /** Makes the socket for clients of a block device; whoever serves them closes it. */
  ServerSocketChannel bindSocket() throws IOException {
    return new LocalSocket(folder.socket(name)).bind();
  }

  /**
   * Removes the sockets while they still answer, so that nobody takes them for abandoned. Who
   * answers at {@link #control} closes it afterwards.
   */
  @Override
  public void close() throws IOException {
    folder.delete(name);
  }
}
