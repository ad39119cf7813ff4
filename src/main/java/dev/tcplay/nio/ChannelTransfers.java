package dev.tcplay.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Copies bytes between a file channel of ours, whose position stays, and another channel. */
final class ChannelTransfers {

  private static final int CHUNK = 1 << 16;

  /**
   * Whether {@link #from} makes the file longer where the position is behind its end. The contract
   * demands it from Java 21 on; before, nothing is transferred. From 21 on, too, the JDK's own
   * channel looks first whether the source can be read.
   */
  private static final boolean GROW = Runtime.version().feature() >= 21;

  private ChannelTransfers() {}

  /** Does what {@link java.nio.channels.FileChannel#transferTo} says. */
  static long to(WritableByteChannel target, NodeFileChannel source, long position, long count)
      throws IOException {
    source.checkOpen();
    checkOther(target.isOpen());
    source.file().checkReadable();
    if (target instanceof NodeFileChannel ours) {
      ours.file().checkWritable();
    }
    NodeFileChannel.checkPosition(position);
    NodeFileChannel.checkPosition(count);
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, count));
    long done = 0;
    while (done < count) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), count - done));
      if (source.transfer(position + done, chunk) <= 0) {
        break;
      }
      chunk.flip();
      int written = target.write(chunk);
      done += written;
      if (chunk.hasRemaining()) {
        break;
      }
    }
    return done;
  }

  /** Does what {@link java.nio.channels.FileChannel#transferFrom} says. */
  static long from(ReadableByteChannel source, NodeFileChannel target, long position, long count)
      throws IOException {
    target.checkOpen();
    checkOther(source.isOpen());
    if (GROW) {
      checkReadable(source);
    }
    target.file().checkWritable();
    NodeFileChannel.checkPosition(position);
    NodeFileChannel.checkPosition(count);
    if (!GROW && position > target.size()) {
      return 0;
    }
    checkReadable(source);
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, count));
    long done = 0;
    while (done < count) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), count - done));
      if (source.read(chunk) <= 0) {
        break;
      }
      chunk.flip();
      done += target.transferBack(position + done, chunk);
    }
    return done;
  }

  private static void checkOther(boolean isOpen) throws ClosedChannelException {
    if (!isOpen) {
      throw new ClosedChannelException();
    }
  }

  private static void checkReadable(ReadableByteChannel source) {
    if (source instanceof NodeFileChannel ours) {
      ours.file().checkReadable();
    }
  }
}
