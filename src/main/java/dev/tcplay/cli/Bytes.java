package dev.tcplay.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Copies bytes between channels. */
final class Bytes {

  private static final int BUFFER = 1 << 20;

  private Bytes() {}

  /**
   * Copies from where the source stands to its end, unless the command is asked to stop; tells the
   * line.
   */
  static void copy(ReadableByteChannel source, WritableByteChannel target, CopyLine line)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    int n;
    while ((n = source.read(buffer.clear())) >= 0) {
      RunningCommand.check();
      buffer.flip();
      while (buffer.hasRemaining()) {
        target.write(buffer);
      }
      line.add(n);
    }
  }
}
