package dev.tcplay.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * Whole transfers on a socket. One thread at a time may read, and one may write.
 *
 * @param in where to read
 * @param out where to write
 */
record Wire(ReadableByteChannel in, GatheringByteChannel out) {

  /** Returns the two ways of a socket. */
  static <C extends ByteChannel & GatheringByteChannel> Wire of(C socket) {
    return new Wire(socket, socket);
  }

  /**
   * Fills a buffer up to its limit, and flips it.
   *
   * @return false if the other side has ended before the first byte
   * @throws EOFException if it has ended later
   */
  boolean read(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (in.read(buffer) < 0) {
        if (buffer.position() == 0) {
          return false;
        }
        throw new EOFException("the client has ended within a message");
      }
    }
    buffer.flip();
    return true;
  }

  /** Returns a number of bytes that must be there. */
  ByteBuffer read(int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    if (!read(buffer)) {
      throw new EOFException("the client has ended");
    }
    return buffer;
  }

  /** Reads over a number of bytes. */
  void skip(long length, ByteBuffer scratch) throws IOException {
    for (long left = length; left > 0; ) {
      scratch.clear().limit((int) Math.min(scratch.capacity(), left));
      left -= scratch.limit();
      if (!read(scratch)) {
        throw new EOFException("the client has ended within a message");
      }
    }
  }

  /** Writes all that is left in some buffers. */
  void write(ByteBuffer... buffers) throws IOException {
    while (hasRemaining(buffers)) {
      out.write(buffers);
    }
  }

  private static boolean hasRemaining(ByteBuffer[] buffers) {
    for (ByteBuffer buffer : buffers) {
      if (buffer.hasRemaining()) {
        return true;
      }
    }
    return false;
  }
}
