package dev.tcplay.block;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A device in memory, all zeros at first, that takes room only for what was written: it may be
 * terabytes long. Wiped when it is closed.
 */
public final class MemoryDevice extends AbstractBlockDevice {

  private static final int SECTOR = 512;
  private static final byte[] ZEROS = new byte[Tuning.MEMORY_PAGE];

  private final ConcurrentMap<Long, byte[]> pages = new ConcurrentHashMap<>();

  /** Makes a device of {@code size} bytes. */
  public MemoryDevice(long size) {
    this(size, SECTOR);
  }

  /** Makes a device of {@code size} bytes in sectors of {@code sectorSize}. */
  public MemoryDevice(long size, int sectorSize) {
    super(size, sectorSize, false);
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) {
    for (int done = 0; done < length; ) {
      int skip = (int) ((position + done) % Tuning.MEMORY_PAGE);
      int n = Math.min(Tuning.MEMORY_PAGE - skip, length - done);
      byte[] page = pages.getOrDefault((position + done) / Tuning.MEMORY_PAGE, ZEROS);
      System.arraycopy(page, skip, target, offset + done, n);
      done += n;
    }
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) {
    for (int done = 0; done < length; ) {
      int skip = (int) ((position + done) % Tuning.MEMORY_PAGE);
      int n = Math.min(Tuning.MEMORY_PAGE - skip, length - done);
      writePage((position + done) / Tuning.MEMORY_PAGE, skip, source, offset + done, n);
      done += n;
    }
  }

  private void writePage(long number, int skip, byte[] source, int offset, int length) {
    byte[] page = pages.get(number);
    if (page == null) {
      if (Arrays.equals(source, offset, offset + length, ZEROS, 0, length)) {
        return;
      }
      page = pages.computeIfAbsent(number, absent -> new byte[Tuning.MEMORY_PAGE]);
    }
    synchronized (page) {
      System.arraycopy(source, offset, page, skip, length);
    }
  }

  @Override
  protected void doFlush() {}

  /** Frees the pages that lie wholly inside the range; they read as zeros. */
  @Override
  protected void doDiscard(long position, long length) {
    long first = position / Tuning.MEMORY_PAGE + (position % Tuning.MEMORY_PAGE == 0 ? 0 : 1);
    long end = (position + length) / Tuning.MEMORY_PAGE;
    pages.keySet().removeIf(number -> number >= first && number < end);
  }

  @Override
  protected void doClose() {
    pages.values().forEach(page -> Arrays.fill(page, (byte) 0));
    pages.clear();
  }
}
