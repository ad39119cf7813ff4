package dev.tcplay.block;

import dev.tcplay.block.WriteBatch.Group;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Places what is written into ordered groups of dirty frames, and commits them: each group is
 * written whole and forced before the next one begins.
 *
 * <p>A dirty page belongs to one group. What wants it in another one first commits the groups up to
 * the page's own.
 *
 * <p>Two locks, always taken in this order: one to commit, held while groups are written; that of
 * the pending groups, held for moments. Reading takes neither.
 */
final class WriteBack {

  private final BlockDevice lower;
  private final PageCache cache;
  private final GroupWriter writer;
  private final int sectorSize;
  private final long mostDirtyPages;

  private final ReentrantLock committing = new ReentrantLock();
  private final PendingGroups groups = new PendingGroups();
  private final AtomicLong dirtyPages = new AtomicLong();

  WriteBack(BlockDevice lower, PageCache cache, long mostDirtyPages) {
    this.lower = lower;
    this.cache = cache;
    this.writer = new GroupWriter(lower, cache);
    this.sectorSize = lower.sectorSize();
    this.mostDirtyPages = mostDirtyPages;
  }

  void submit(WriteBatch batch) throws IOException {
    if (batch.isAfterEarlierBatches()) {
      groups.beginRound();
    }
    long last = -1;
    for (Map.Entry<Group, List<WriteBatch.Write>> group : batch.groups().entrySet()) {
      for (WriteBatch.Write write : group.getValue()) {
        byte[] bytes = write.bytes;
        last = write(group.getKey(), write.position, bytes, 0, bytes.length);
      }
    }
    if (!groups.onceCommitted(last, batch.commitActions())) {
      batch.commitActions().forEach(Runnable::run);
    }
  }

  /**
   * Writes a range.
   *
   * @return the sequence number of the last group that the range went to
   */
  long write(Group kind, long position, byte[] source, int offset, int length) throws IOException {
    int page = cache.pageSize;
    int head = (int) (-position & (page - 1));
    int body = (length - head) & -page;
    if (kind == Group.DATA && body >= PageCache.BYPASS) {
      long last = writePages(kind, position, source, offset, head);
      last = Math.max(last, writeDirect(position + head, source, offset + head, body));
      int done = head + body;
      long tail = writePages(kind, position + done, source, offset + done, length - done);
      return Math.max(last, tail);
    }
    return writePages(kind, position, source, offset, length);
  }

  private long writePages(Group kind, long position, byte[] source, int offset, int length)
      throws IOException {
    long last = -1;
    for (int done = 0; done < length; ) {
      int skip = (int) ((position + done) % cache.pageSize);
      int n = Math.min(cache.pageSize - skip, length - done);
      long page = (position + done) / cache.pageSize;
      last = Math.max(last, writePage(kind, page, skip, source, offset + done, n));
      done += n;
    }
    return last;
  }

  private long writePage(Group kind, long page, int skip, byte[] source, int offset, int length)
      throws IOException {
    PageSet set = cache.set(page);
    Frame spare = null;
    int changes = 0;
    try {
      while (true) {
        if (dirtyPages.get() >= mostDirtyPages) {
          commitThrough(Long.MAX_VALUE);
        }
        PendingGroup other = null;
        groups.lock.lock();
        try {
          Frame dirty = set.dirty(page);
          if (dirty != null) {
            PendingGroup group = groups.open(kind);
            if (dirty.group == group) {
              put(dirty, skip, source, offset, length);
              return group.sequence;
            }
            other = dirty.group;
          } else if (spare != null) {
            PendingGroup group = groups.open(kind);
            put(spare, skip, source, offset, length);
            if (set.admitDirty(page, spare, changes)) {
              add(spare, group);
              spare = null;
              return group.sequence;
            }
            spare.writtenSectors = 0;
          }
        } finally {
          groups.lock.unlock();
        }
        if (other != null) {
          commitThrough(other.sequence);
        } else {
          spare = spare == null ? cache.frames().take() : spare;
          boolean whole = length == cache.pageLength(page);
          changes = whole ? set.changes() : cache.copyOrLoad(page, spare);
        }
      }
    } finally {
      if (spare != null) {
        spare.writtenSectors = 0;
        cache.frames().give(spare);
      }
    }
  }

  private void put(Frame frame, int skip, byte[] source, int offset, int length) {
    System.arraycopy(source, offset, frame.bytes, skip, length);
    for (int sector = skip / sectorSize; sector * sectorSize < skip + length; sector++) {
      frame.writtenSectors |= 1L << sector;
    }
  }

  private void add(Frame frame, PendingGroup group) {
    frame.group = group;
    group.frames.add(frame);
    dirtyPages.incrementAndGet();
  }

  /** Writes whole pages past the cache, but for those that are dirty. */
  private long writeDirect(long position, byte[] source, int offset, int length)
      throws IOException {
    commitThrough(presentData() - 1);
    int page = cache.pageSize;
    long last = -1;
    for (int done = 0; done < length; ) {
      int run = done;
      while (run < length && cache.dirty((position + run) / page) == null) {
        run += page;
      }
      if (run > done) {
        last = writeRun(position + done, source, offset + done, run - done);
        done = run;
      } else {
        last = writePage(Group.DATA, (position + done) / page, 0, source, offset + done, page);
        done += page;
      }
    }
    return last;
  }

  /** Writes pages past the cache; they count as written in the present group of data. */
  private long writeRun(long position, byte[] source, int offset, int length) throws IOException {
    try {
      lower.write(position, source, offset, length);
    } finally {
      cache.forget(position, length);
    }
    long last = markDirect();
    if (dirtyPages.get() > 0) {
      int page = cache.pageSize;
      for (int done = 0; done < length; done += page) {
        if (cache.dirty((position + done) / page) != null) {
          // Another writer made it dirty meanwhile, perhaps from what was here before.
          last = writePage(Group.DATA, (position + done) / page, 0, source, offset + done, page);
        }
      }
      // What another writer made dirty and committed meanwhile may be clean, and as old.
      cache.forget(position, length);
    }
    return last;
  }

  private long presentData() {
    groups.lock.lock();
    try {
      return groups.open(Group.DATA).sequence;
    } finally {
      groups.lock.unlock();
    }
  }

  private long markDirect() {
    groups.lock.lock();
    try {
      PendingGroup data = groups.open(Group.DATA);
      data.hasDirectWrites = true;
      return data.sequence;
    } finally {
      groups.lock.unlock();
    }
  }

  /** Commits all that was written before the call, and forces the lower device in any case. */
  void force() throws IOException {
    if (!commitThrough(Long.MAX_VALUE)) {
      lower.flush();
    }
    writer.reportLoss();
  }

  /** Commits all that was written; fails if anything was ever lost. */
  void close() throws IOException {
    commitThrough(Long.MAX_VALUE);
    writer.reportAnyLoss();
  }

  /**
   * Commits the groups up to a sequence number that exist now, in order.
   *
   * @return whether there were any
   */
  boolean commitThrough(long sequence) throws IOException {
    List<Runnable> actions = new ArrayList<>();
    boolean any = false;
    committing.lock();
    try {
      long end = Math.min(sequence, groups.newest());
      for (PendingGroup group = groups.seal(end); group != null; group = groups.seal(end)) {
        any |= writer.write(group);
        unlink(group);
        actions.addAll(group.whenCommitted);
      }
    } finally {
      committing.unlock();
      // Without a lock: an action may wait for a thread that waits to commit.
      actions.forEach(Runnable::run);
    }
    return any;
  }

  private void unlink(PendingGroup group) {
    groups.lock.lock();
    try {
      groups.remove(group);
      for (Frame frame : group.frames) {
        long page = frame.page;
        frame.group = null;
        frame.writtenSectors = 0;
        cache.frames().give(cache.set(page).clean(frame));
      }
      dirtyPages.addAndGet(-group.frames.size());
    } finally {
      groups.lock.unlock();
    }
  }

  /** Waits until something is to be committed; false once the end has come. */
  boolean awaitWork() throws InterruptedException {
    return groups.await();
  }

  /** Sends those away who wait for work. */
  void end() {
    groups.end();
  }

  void wipe() {
    writer.wipe();
  }
}
