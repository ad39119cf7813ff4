package dev.tcplay.block.cache;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch.Group;
import java.io.IOException;
import java.util.concurrent.locks.StampedLock;

/**
 * Writes past the cache, into the group of data that is open now: what is in order behind it waits
 * until the host has forced what went past. Safe for any number of threads.
 */
final class DirectWriter {

  /** What went past: how many bytes, and the number of the group that they are forced with. */
  record Passed(int length, long sequence) {}

  private final BlockDevice lower;
  private final PageCache cache;
  private final PendingGroups groups;
  private final DirectWrites writes;

  DirectWriter(BlockDevice lower, PageCache cache, PendingGroups groups, DirectWrites writes) {
    this.lower = lower;
    this.cache = cache;
    this.groups = groups;
    this.writes = writes;
  }

  /**
   * Writes pages of one region, up to the first one that is dirty; all that comes before data
   * written now must be committed.
   */
  Passed writeClean(long position, byte[] source, int offset, int length) throws IOException {
    int page = cache.pageSize;
    StampedLock region = cache.below().region(position);
    // No page of the region becomes dirty meanwhile.
    long stamp = region.writeLock();
    try {
      int run = 0;
      while (run < length && cache.dirty((position + run) / page) == null) {
        run += page;
      }
      return new Passed(run, run == 0 ? -1 : write(position, source, offset, run));
    } finally {
      region.unlockWrite(stamp);
    }
  }

  /**
   * Writes sectors of which the cache holds nothing.
   *
   * @return false if it holds some of them, if they lie in two regions, or if something waits that
   *     must be on the host before them
   */
  boolean writeUnknown(long position, byte[] source, int offset, int length) throws IOException {
    if (Below.inRegion(position, length) < length || groups.hasAnyBefore(Group.FIRST)) {
      return false;
    }
    StampedLock region = cache.below().region(position);
    long stamp = region.writeLock();
    try {
      int page = cache.pageSize;
      for (long at = position - position % page; at < position + length; at += page) {
        if (cache.set(at / page).holds(at / page)) {
          return false;
        }
      }
      write(position, source, offset, length);
      return true;
    } finally {
      region.unlockWrite(stamp);
    }
  }

  private long write(long position, byte[] source, int offset, int length) throws IOException {
    writes.begin();
    try {
      lower.write(position, source, offset, length);
      return mark();
    } finally {
      cache.forget(position, length);
      writes.end();
    }
  }

  /** Has what was just written forced with the data that waits now; returns the group's number. */
  private long mark() {
    groups.lock.lock();
    try {
      PendingGroup data = groups.open(Group.FIRST);
      data.hasDirectWrites = true;
      return data.sequence;
    } finally {
      groups.lock.unlock();
    }
  }
}
