package dev.tcplay.block.cache;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.util.concurrent.locks.StampedLock;

/**
 * The device below a cache, in regions: one thread at a time writes in a region, and a thread that
 * reads there meanwhile reads again, so that none sees half of a write. Reading takes no lock
 * unless it has met a writer.
 */
final class Below {

  private final BlockDevice device;
  private volatile long size;
  private final StampedLock[] locks = new StampedLock[Tuning.LOCKS];

  Below(BlockDevice device) {
    this.device = device;
    this.size = device.size();
    for (int i = 0; i < Tuning.LOCKS; i++) {
      locks[i] = new StampedLock();
    }
  }

  /** Returns the size that the cache goes by, which is that of the device when calls are let in. */
  long size() {
    return size;
  }

  /**
   * Adopts the size of the device; nobody reads or writes meanwhile. Of two the last one counts.
   */
  synchronized void adoptSize() {
    size = device.size();
  }

  /** Returns how many of {@code length} bytes at a position lie in the region of the first one. */
  static int inRegion(long position, int length) {
    return (int) Math.min(Tuning.REGION - position % Tuning.REGION, length);
  }

  /**
   * Returns the lock of a region. Who makes a page dirty of what was read below shares it, so that
   * no large write comes between; I/O is all that its holders wait for.
   */
  StampedLock region(long position) {
    return locks[(int) (position / Tuning.REGION % Tuning.LOCKS)];
  }

  /** Reads any range; what lies in one sector is read as one. */
  void read(long position, byte[] target, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int n = inRegion(position + done, length - done);
      readInRegion(position + done, target, offset + done, n);
      done += n;
    }
  }

  private void readInRegion(long position, byte[] target, int offset, int length)
      throws IOException {
    StampedLock region = region(position);
    long stamp = region.tryOptimisticRead();
    if (stamp != 0) {
      device.read(position, target, offset, length);
      if (region.validate(stamp)) {
        return;
      }
    }
    stamp = region.readLock();
    try {
      device.read(position, target, offset, length);
    } finally {
      region.unlockRead(stamp);
    }
  }

  /** Writes a range that lies in one region. */
  void write(long position, byte[] source, int offset, int length) throws IOException {
    StampedLock region = region(position);
    long stamp = region.writeLock();
    try {
      device.write(position, source, offset, length);
    } finally {
      region.unlockWrite(stamp);
    }
  }
}
