package dev.tcplay.nio;

import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open file of a volume in memory. */
final class MemoryFile implements OpenNode {

  private final MemoryVolume volume;
  private final MemoryItem item;
  private final AtomicBoolean open = new AtomicBoolean(true);

  MemoryFile(MemoryVolume volume, MemoryItem item) {
    this.volume = volume;
    this.item = item;
    volume.openFiles.incrementAndGet();
  }

  @Override
  public long size() {
    synchronized (volume) {
      return item.contents.length;
    }
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    volume.enter("read");
    synchronized (volume) {
      if (length == 0) {
        return 0;
      }
      if (position > 0) {
        item.check();
      }
      if (position >= item.contents.length) {
        return -1;
      }
      int n = (int) Math.min(length, item.contents.length - position);
      System.arraycopy(item.contents, (int) position, target, offset, n);
      return n;
    }
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    volume.enter("write");
    synchronized (volume) {
      put(position, source, offset, length);
    }
  }

  @Override
  public long append(byte[] source, int offset, int length) throws IOException {
    volume.enter("append");
    synchronized (volume) {
      long end = item.contents.length;
      put(end, source, offset, length);
      return end;
    }
  }

  private void put(long position, byte[] source, int offset, int length) throws IOException {
    if (volume.isReadOnly()) {
      throw new NonWritableChannelException();
    }
    long end = Math.max(position + length, item.contents.length);
    if (end - item.contents.length > volume.free()) {
      throw new IOException("no space left on the volume");
    }
    item.contents = Arrays.copyOf(item.contents, (int) end);
    System.arraycopy(source, offset, item.contents, (int) position, length);
    item.modified();
  }

  @Override
  public void truncate(long size) throws IOException {
    volume.enter("truncate");
    synchronized (volume) {
      if (volume.isReadOnly()) {
        throw new NonWritableChannelException();
      }
      if (size < item.contents.length) {
        item.contents = Arrays.copyOf(item.contents, (int) size);
        item.modified();
      }
    }
  }

  @Override
  public void force() throws IOException {
    volume.enter("force");
    volume.forces.incrementAndGet();
  }

  @Override
  public void close() {
    if (open.getAndSet(false)) {
      volume.openFiles.decrementAndGet();
    }
  }
}
