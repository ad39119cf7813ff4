package example.tablefs;

import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One of the handles on a file; what they share is the {@link Entry}. */
final class TableFile implements OpenNode {

  private final Table table;
  private final Contents contents;
  private final Entry entry;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Makes a handle that is counted already. */
  TableFile(Table table, Contents contents, Entry entry) {
    this.table = table;
    this.contents = contents;
    this.entry = entry;
  }

  @Override
  public long size() {
    table.lock.readLock().lock();
    try {
      return entry.slot.size();
    } finally {
      table.lock.readLock().unlock();
    }
  }

  @Override
  public long largestSize() {
    return contents.largestSize();
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    return contents.read(entry, position, target, offset, length);
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
    contents.write(entry, position, source, offset, length);
  }

  @Override
  public long append(byte[] source, int offset, int length) throws IOException {
    return contents.write(entry, -1, source, offset, length);
  }

  @Override
  public void truncate(long size) throws IOException {
    contents.truncate(entry, size);
  }

  /** Every write hands its slot over at once, so a flush is enough. */
  @Override
  public void force() throws IOException {
    table.device.flush();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      table.lock.writeLock().lock();
      try {
        entry.handles--;
      } finally {
        table.lock.writeLock().unlock();
      }
    }
  }
}
