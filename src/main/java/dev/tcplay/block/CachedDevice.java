package dev.tcplay.block;

import java.io.IOException;

/**
 * Keeps pages of a lower device in memory, within a budget. Reading takes no lock; large reads
 * leave out the cache where it does not hold them.
 */
public final class CachedDevice extends GatedDevice {

  private static final int PAGE = 4096;
  private static final int BYPASS = 1 << 16;

  private final BlockDevice lower;
  private final int pageSize;
  private final PageSet[] sets;
  private final Frames frames;

  /**
   * Makes the cache; closing it closes {@code lower}.
   *
   * @param lower the device whose pages are kept
   * @param budgetBytes memory for pages, in bytes; at least a few pages are kept in any case
   */
  public CachedDevice(BlockDevice lower, long budgetBytes) {
    super(lower.size(), lower.sectorSize(), lower.isReadOnly());
    this.lower = lower;
    pageSize = Math.max(PAGE, lower.sectorSize());
    long budgetPages = Math.max(budgetBytes, 0) / pageSize;
    long devicePages = lower.size() / pageSize + 1;
    long setCount = Math.min(budgetPages, devicePages) / PageSet.WAYS;
    sets = new PageSet[(int) Math.max(1, Math.min(setCount, 1 << 24))];
    for (int i = 0; i < sets.length; i++) {
      sets[i] = new PageSet();
    }
    frames = new Frames(pageSize);
  }

  @Override
  void doRead(long position, byte[] target, int offset, int length) throws IOException {
    int missing = 0;
    for (int done = 0; done < length; ) {
      long at = position + done;
      int skip = (int) (at % pageSize);
      int n = Math.min(pageSize - skip, length - done);
      if (readHit(at / pageSize, skip, target, offset + done, n)) {
        readMissing(at - missing, target, offset + done - missing, missing);
        missing = 0;
      } else {
        missing += n;
      }
      done += n;
    }
    readMissing(position + length - missing, target, offset + length - missing, missing);
  }

  private boolean readHit(long page, int skip, byte[] target, int offset, int length) {
    Frame frame = set(page).pin(page);
    if (frame == null) {
      return false;
    }
    System.arraycopy(frame.bytes, skip, target, offset, length);
    frame.unpin();
    return true;
  }

  /** Reads a run of pages that the cache does not hold. */
  private void readMissing(long position, byte[] target, int offset, int length)
      throws IOException {
    if (length >= BYPASS) {
      lower.read(position, target, offset, length);
      return;
    }
    for (int done = 0; done < length; ) {
      int skip = (int) ((position + done) % pageSize);
      int n = Math.min(pageSize - skip, length - done);
      readPage((position + done) / pageSize, skip, target, offset + done, n);
      done += n;
    }
  }

  private void readPage(long page, int skip, byte[] target, int offset, int length)
      throws IOException {
    PageSet set = set(page);
    Frame spare = frames.take();
    try {
      int changes = set.changes();
      lower.read(page * pageSize, spare.bytes, 0, pageLength(page));
      System.arraycopy(spare.bytes, skip, target, offset, length);
      spare = set.admit(page, spare, changes);
    } finally {
      frames.give(spare);
    }
  }

  /** Returns the bytes of a page that lie inside the device. */
  private int pageLength(long page) {
    return (int) Math.min(pageSize, size() - page * pageSize);
  }

  private PageSet set(long page) {
    long mixed = page * 0x9E3779B97F4A7C15L;
    return sets[(int) (((mixed >>> 32) * sets.length) >>> 32)];
  }

  @Override
  void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    try {
      lower.write(position, source, offset, length);
    } finally {
      forget(position, length);
    }
  }

  @Override
  void doDiscard(long position, long length) throws IOException {
    try {
      lower.discard(position, length);
    } finally {
      forget(position, length);
    }
  }

  private void forget(long position, long length) {
    for (long page = position / pageSize; page * pageSize < position + length; page++) {
      set(page).forget(page);
    }
  }

  @Override
  void doFlush() throws IOException {
    lower.flush();
  }

  @Override
  void doClose() throws IOException {
    try {
      lower.close();
    } finally {
      frames.wipe();
    }
  }
}
