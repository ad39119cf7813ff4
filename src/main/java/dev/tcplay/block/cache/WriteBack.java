package dev.tcplay.block.cache;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.StampedLock;

/**
 * Places what is written into ordered groups of dirty frames, or past them.
 *
 * <p>A dirty page belongs to one group. What wants it in another one first commits the groups up to
 * the page's own, unless it may join that one.
 *
 * <p>Locks, always taken in this order: the {@linkplain Committer committer's}; that of a region of
 * the {@linkplain Below device below}; that of the {@linkplain PendingGroups pending groups}. A
 * thread that holds one of the last two never commits.
 */
final class WriteBack {

  private final PageCache cache;
  private final Committer committer;
  private final PendingGroups groups;
  private final DirectWriter direct;
  private final Streams streams = new Streams();
  private final int sectorSize;
  private final long mostDirtyPages;

  WriteBack(BlockDevice lower, PageCache cache, long mostDirtyPages) {
    this.cache = cache;
    this.groups = new PendingGroups();
    DirectWrites writes = new DirectWrites();
    this.committer = new Committer(lower, cache, groups, writes);
    this.direct = new DirectWriter(lower, cache, groups, writes);
    this.sectorSize = lower.sectorSize();
    this.mostDirtyPages = mostDirtyPages;
  }

  Committer committer() {
    return committer;
  }

  void submit(WriteBatch batch) throws IOException {
    if (batch.isAfterEarlierBatches()) {
      groups.beginRound();
    }
    long last = -1;
    for (Map.Entry<Group, List<WriteBatch.Write>> group : batch.groups().entrySet()) {
      for (WriteBatch.Write write : group.getValue()) {
        boolean join = write.mayComeEarlier() && !batch.isAfterEarlierBatches();
        long sequence =
            write(group.getKey(), join, write.position(), write.bytes(), 0, write.bytes().length);
        last = Math.max(last, sequence);
      }
    }
    if (!groups.onceCommitted(last, batch.commitActions())) {
      batch.commitActions().forEach(Runnable::run);
    }
  }

  /**
   * Writes contents of a file. Once a burst is over, what is written here and there, and is not in
   * memory, goes past the cache: it would cost the host as much later, out of memory that has
   * become cold, and displace what is in use.
   */
  void writeContents(long position, byte[] source, int offset, int length) throws IOException {
    boolean passed =
        isScattered(position, length)
            && committer.dirtyPages() >= mostDirtyPages / Tuning.BURST
            && direct.writeUnknown(position, source, offset, length);
    if (!passed) {
      write(Group.FIRST, false, position, source, offset, length);
    }
  }

  /** Returns whether a write is of whole sectors, a page or more, and goes on from no other. */
  private boolean isScattered(long position, int length) {
    int stream = streams.at(position);
    streams.advance(stream < 0 ? streams.begin(position) : stream, position + length);
    return stream < 0
        && length >= cache.pageSize
        && length < Tuning.BYPASS
        && position % sectorSize == 0
        && length % sectorSize == 0;
  }

  /**
   * Writes a range.
   *
   * @param join whether pages that wait in earlier groups, and may still change, take it there
   * @return the sequence number of the last group that the range went to
   */
  long write(Group kind, boolean join, long position, byte[] source, int offset, int length)
      throws IOException {
    int page = cache.pageSize;
    int head = (int) (-position & (page - 1));
    int body = (length - head) & -page;
    if (kind == Group.FIRST && body >= Tuning.BYPASS) {
      long last = writePages(kind, join, position, source, offset, head);
      last = Math.max(last, writeDirect(position + head, source, offset + head, body));
      int done = head + body;
      long tail = writePages(kind, join, position + done, source, offset + done, length - done);
      return Math.max(last, tail);
    }
    return writePages(kind, join, position, source, offset, length);
  }

  private long writePages(
      Group kind, boolean join, long position, byte[] source, int offset, int length)
      throws IOException {
    long last = -1;
    for (int done = 0; done < length; ) {
      int skip = (int) ((position + done) % cache.pageSize);
      int n = Math.min(cache.pageSize - skip, length - done);
      long page = (position + done) / cache.pageSize;
      last = Math.max(last, writePage(kind, join, page, skip, source, offset + done, n));
      done += n;
    }
    return last;
  }

  private long writePage(
      Group kind, boolean join, long page, int skip, byte[] source, int offset, int length)
      throws IOException {
    long sequence = -1;
    while (sequence < 0) {
      if (committer.dirtyPages() >= mostDirtyPages) {
        committer.commitThrough(Long.MAX_VALUE);
      }
      PendingGroup other = null;
      groups.lock.lock();
      try {
        Frame dirty = cache.dirty(page);
        other = dirty == null ? null : dirty.group;
        if (dirty != null && other != null && groups.takes(other, kind, join)) {
          put(dirty, skip, source, offset, length);
          return other.sequence;
        }
      } finally {
        groups.lock.unlock();
      }
      if (other != null) {
        committer.commitThrough(other.sequence);
      } else {
        sequence = writeCleanPage(kind, page, skip, source, offset, length);
      }
    }
    return sequence;
  }

  /**
   * Makes a page dirty.
   *
   * @return the sequence number of its group, -1 if something else became of the page meanwhile
   */
  private long writeCleanPage(
      Group kind, long page, int skip, byte[] source, int offset, int length) throws IOException {
    PageSet set = cache.set(page);
    Frame frame = cache.frames().take();
    StampedLock region = cache.below().region(page * cache.pageSize);
    // A large write of the page comes before it is read below, or finds it dirty.
    long stamp = region.readLock();
    try {
      boolean whole = length == cache.pageLength(page);
      int changes = whole ? set.changes() : loadAround(page, frame, skip, length);
      groups.lock.lock();
      try {
        PendingGroup group = groups.open(kind);
        put(frame, skip, source, offset, length);
        if (!set.admitDirty(page, frame, changes, group)) {
          return -1;
        }
        frame = null;
        committer.countDirty();
        return group.sequence;
      } finally {
        groups.lock.unlock();
      }
    } finally {
      region.unlockRead(stamp);
      if (frame != null) {
        frame.writtenSectors = 0;
        cache.frames().give(frame);
      }
    }
  }

  /** Reads a page; the range that is about to be written may be what cannot be read. */
  private int loadAround(long page, Frame frame, int skip, int length) throws IOException {
    int changes = cache.set(page).changes();
    try {
      return cache.copyOrLoad(page, frame);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      long start = page * cache.pageSize;
      int end = skip + length;
      cache.below().read(start, frame.bytes, 0, skip);
      cache.below().read(start + end, frame.bytes, end, cache.pageLength(page) - end);
      return changes;
    }
  }

  private void put(Frame frame, int skip, byte[] source, int offset, int length) {
    frame.change(skip, source, offset, length);
    for (int sector = skip / sectorSize; sector * sectorSize < skip + length; sector++) {
      frame.writtenSectors |= 1L << sector;
    }
  }

  /** Writes whole pages past the cache, but for those that are dirty. */
  private long writeDirect(long position, byte[] source, int offset, int length)
      throws IOException {
    committer.commitThrough(presentData() - 1);
    int page = cache.pageSize;
    long last = -1;
    for (int done = 0; done < length; ) {
      long at = position + done;
      DirectWriter.Passed passed =
          direct.writeClean(at, source, offset + done, Below.inRegion(at, length - done));
      if (passed.length() > 0) {
        last = Math.max(last, passed.sequence());
        done += passed.length();
      } else {
        last =
            Math.max(
                last, writePage(Group.FIRST, false, at / page, 0, source, offset + done, page));
        done += page;
      }
    }
    return last;
  }

  private long presentData() {
    groups.lock.lock();
    try {
      return groups.open(Group.FIRST).sequence;
    } finally {
      groups.lock.unlock();
    }
  }
}
