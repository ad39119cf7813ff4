package dev.tcplay.nio;

import dev.tcplay.container.CursorChannel;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file as a byte channel. It is not interruptible, so that {@code Files.readAllBytes} and its
 * like finish in a thread whose interrupt is pending, as on the default file system.
 */
final class NodeChannel extends CursorChannel {

  private final OpenFile file;

  NodeChannel(OpenFile file) {
    this.file = file;
  }

  @Override
  protected int readAt(long place, ByteBuffer target) throws IOException {
    return file.read(place, target);
  }

  @Override
  protected int writeAt(long place, ByteBuffer source) throws IOException {
    return file.write(place, source);
  }

  @Override
  protected long currentSize() throws IOException {
    return file.size();
  }

  @Override
  protected boolean isAppending() {
    return file.isAppending();
  }

  @Override
  protected void checkWritable() throws IOException {
    file.checkWritable();
  }

  @Override
  protected void cut(long size) throws IOException {
    file.truncate(size);
  }

  @Override
  protected void forceAll() throws IOException {
    file.force();
  }

  @Override
  protected void closeBelow() throws IOException {
    file.close(this);
  }
}
