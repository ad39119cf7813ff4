package dev.tcplay.block;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records every write and flush that passes, in memory, so that the lower device can be made again
 * as it was at any moment, or as it might have been after a crash.
 *
 * <p>A write is logged once it is done, a flush when it begins: what stands before a flush in the
 * log was covered by it.
 */
public final class LogWritesDevice extends ForwardingDevice {

  /** Chooses sectors of logged writes. */
  @FunctionalInterface
  public interface SectorFilter {

    /**
     * Returns whether a sector was written before the crash.
     *
     * @param entry the index of the write in the log
     * @param sector the sector within the write, the first is 0
     */
    boolean isWritten(int entry, int sector);
  }

  /** A write, or a flush if there are no bytes. */
  private static final class Entry {

    final long position;
    final byte[] bytes;

    Entry(long position, byte[] bytes) {
      this.position = position;
      this.bytes = bytes;
    }
  }

  private static final Entry FLUSH = new Entry(0, new byte[0]);

  private final List<Entry> log = new ArrayList<>();

  /** Makes the device; closing it closes {@code lower} and keeps the log. */
  public LogWritesDevice(BlockDevice lower) {
    super(lower);
  }

  /** Returns the number of entries in the log. */
  public int entries() {
    synchronized (log) {
      return log.size();
    }
  }

  /** Returns whether an entry is a flush and no write. */
  public boolean isFlush(int entry) {
    return entry(entry) == FLUSH;
  }

  /**
   * Writes the entries {@code [from, to)} to another device.
   *
   * @throws IOException if that device fails
   */
  public void replay(int from, int to, BlockDevice target) throws IOException {
    replay(from, to, target, (entry, sector) -> true);
  }

  /**
   * Writes chosen sectors of the entries {@code [from, to)} to another device.
   *
   * @throws IOException if that device fails
   */
  public void replay(int from, int to, BlockDevice target, SectorFilter filter) throws IOException {
    for (int i = from; i < to; i++) {
      Entry entry = entry(i);
      int length = entry.bytes.length;
      int sector = 0;
      for (int done = 0; done < length; sector++) {
        // Sectors of the device, wherever the write begins.
        int inSector = (int) ((entry.position + done) % sectorSize());
        int n = Math.min(sectorSize() - inSector, length - done);
        if (filter.isWritten(i, sector)) {
          target.write(entry.position + done, entry.bytes, done, n);
        }
        done += n;
      }
    }
  }

  private Entry entry(int index) {
    synchronized (log) {
      return log.get(index);
    }
  }

  private void add(Entry entry) {
    synchronized (log) {
      log.add(entry);
    }
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    lower().write(position, source, offset, length);
    add(new Entry(position, Arrays.copyOfRange(source, offset, offset + length)));
  }

  @Override
  protected void doFlush() throws IOException {
    add(FLUSH);
    lower().flush();
  }

  /** Does nothing: a log of writes cannot tell what a discarded range reads as. */
  @Override
  protected void doDiscard(long position, long length) {}
}
