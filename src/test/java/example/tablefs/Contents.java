package example.tablefs;

import dev.tcplay.block.WriteBatch;
import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;

/**
 * Bytes of files. Contents are written first, by plain writes, which count as group DATA; the slot
 * that makes them count follows in a later group.
 */
final class Contents {

  private static final int CHUNK = 1 << 16;

  private final Table table;

  Contents(Table table) {
    this.table = table;
  }

  /** Reads as {@link dev.tcplay.fs.OpenNode#read} says. */
  int read(Entry entry, long position, byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    checkPosition(position);
    table.lock.readLock().lock();
    try {
      Slot slot = entry.slot;
      if (length == 0) {
        return 0;
      }
      if (position >= slot.size()) {
        return -1;
      }
      if (!table.layout.contains(slot.extent())) {
        throw new CorruptFileSystemException(
            slot.name(), "slot " + slot.number() + " leads out of the volume");
      }
      int count = (int) Math.min(length, slot.size() - position);
      table.device.read(place(slot, position), target, offset, count);
      return count;
    } finally {
      table.lock.readLock().unlock();
    }
  }

  /** Writes as {@link dev.tcplay.fs.OpenNode#write} says; a negative position is the end. */
  long write(Entry entry, long position, byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    table.lock.writeLock().lock();
    try {
      table.checkWritable();
      Slot old = entry.slot;
      long start = position < 0 ? old.size() : position;
      if (length > 0) {
        if (length > largestSize() - start) {
          throw new FileSystemException(null, null, "file too large for the volume");
        }
        FileTime now = FileTime.from(Instant.now());
        Slot next = old.modifiedAt(now);
        if (start + length > old.size()) {
          next = old.placed(place(old, Extent.of(0, start + length)), start + length, now);
          copy(old, next);
          zero(next, old.size(), start);
        }
        table.device.write(place(next, start), source, offset, length);
        save(entry, next);
      }
      return start;
    } finally {
      table.lock.writeLock().unlock();
    }
  }

  /** Truncates as {@link dev.tcplay.fs.OpenNode#truncate} says. */
  void truncate(Entry entry, long size) throws IOException {
    checkPosition(size);
    table.lock.writeLock().lock();
    try {
      table.checkWritable();
      if (size < entry.slot.size()) {
        save(entry, entry.slot.placed(entry.slot.first(), size, FileTime.from(Instant.now())));
      }
    } finally {
      table.lock.writeLock().unlock();
    }
  }

  long largestSize() {
    return (table.layout.sectors() - table.layout.firstData()) * Layout.SECTOR;
  }

  /** Returns where a file that grows begins: where it is, if there is space behind it. */
  private long place(Slot old, Extent wanted) throws IOException {
    Extent now = old.extent();
    long more = wanted.sectors() - now.sectors();
    if (now.sectors() > 0 && (more == 0 || table.space.find(now.end(), more) == now.end())) {
      return now.first();
    }
    long found = table.space.find(-1, wanted.sectors());
    if (found < 0 && table.space.isSomeWaiting()) {
      table.device.flush();
      found = table.space.find(-1, wanted.sectors());
    }
    if (found < 0) {
      throw full(old.size());
    }
    return found;
  }

  private static FileSystemException full(long size) {
    return new FileSystemException(null, null, "no space in one piece for " + size + " bytes");
  }

  private void copy(Slot from, Slot to) throws IOException {
    if (from.first() != to.first()) {
      byte[] chunk = new byte[CHUNK];
      for (long done = 0; done < from.size(); done += CHUNK) {
        int count = (int) Math.min(CHUNK, from.size() - done);
        table.device.read(place(from, done), chunk, 0, count);
        table.device.write(place(to, done), chunk, 0, count);
      }
    }
  }

  /** What was on the volume before must never show up in a file. */
  private void zero(Slot slot, long from, long end) throws IOException {
    byte[] zeros = new byte[CHUNK];
    for (long at = from; at < end; at += CHUNK) {
      table.device.write(place(slot, at), zeros, 0, (int) Math.min(CHUNK, end - at));
    }
  }

  /** Makes a new state count, and frees what it does without once that is committed. */
  private void save(Entry entry, Slot next) throws IOException {
    Extent old = entry.slot.extent();
    boolean moved = next.extent().sectors() > 0 && next.first() != entry.slot.first();
    Extent left = moved ? old : old.sectors() > next.extent().sectors() ? tail(old, next) : null;
    if (entry.deleted) {
      if (left != null) {
        entry.before.add(left);
      }
    } else {
      WriteBatch batch = new WriteBatch();
      if (next.extent().equals(old) && next.size() == entry.slot.size()) {
        table.putAlone(batch, next);
      } else {
        table.put(batch, next);
      }
      if (left != null) {
        table.space.retire(left);
        batch.whenCommitted(() -> table.space.reclaim(left));
      }
      table.submit(batch);
    }
    entry.slot = next;
  }

  private static Extent tail(Extent old, Slot next) {
    return old.behind(new Extent(old.first(), next.extent().sectors()));
  }

  private static long place(Slot slot, long position) {
    return slot.first() * Layout.SECTOR + position;
  }

  private static void checkPosition(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
  }
}
