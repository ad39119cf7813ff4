package dev.tcplay.block;

import dev.tcplay.block.WriteBatch.Group;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Places what is written into ordered groups of dirty frames, and commits them: each group is
 * written whole and forced before the next one begins.
 *
 * <p>A dirty page belongs to one group. What wants it in another one first commits the groups up to
 * the page's own. Groups are numbered by rounds: a round has one group of each kind, and a new
 * round begins when a group is wanted that was already sealed for its commit.
 *
 * <p>Two locks, always taken in this order: one to commit, held while groups are written; one to
 * place, held only to copy and to link, never during I/O. Reading takes neither.
 */
final class WriteBack {

  private final BlockDevice lower;
  private final PageCache cache;
  private final GroupWriter writer;
  private final int sectorSize;
  private final long mostDirtyPages;

  private final ReentrantLock committing = new ReentrantLock();
  private final ReentrantLock placing = new ReentrantLock();
  private final Condition dirtied = placing.newCondition();
  private final TreeMap<Long, PendingGroup> groups = new TreeMap<>();
  private long round;
  private long sealedThrough = -1;
  private final AtomicLong dirtyPages = new AtomicLong();
  private boolean ending;

  WriteBack(BlockDevice lower, PageCache cache, long mostDirtyPages) {
    this.lower = lower;
    this.cache = cache;
    this.writer = new GroupWriter(lower, cache);
    this.sectorSize = lower.sectorSize();
    this.mostDirtyPages = mostDirtyPages;
  }

  void submit(WriteBatch batch) throws IOException {
    if (batch.isAfterEarlierBatches()) {
      beginRound();
    }
    long last = -1;
    for (Map.Entry<Group, List<WriteBatch.Write>> group : batch.groups().entrySet()) {
      for (WriteBatch.Write write : group.getValue()) {
        byte[] bytes = write.bytes;
        last = write(group.getKey(), write.position, bytes, 0, bytes.length);
      }
    }
    onceCommitted(last, batch.commitActions());
  }

  private void beginRound() {
    placing.lock();
    try {
      if (!groups.isEmpty()) {
        round = Math.max(round, groups.lastKey() / Group.COUNT) + 1;
      }
    } finally {
      placing.unlock();
    }
  }

  private void onceCommitted(long sequence, List<Runnable> actions) {
    placing.lock();
    try {
      PendingGroup group = groups.get(sequence);
      if (group != null) {
        group.whenCommitted.addAll(actions);
        return;
      }
    } finally {
      placing.unlock();
    }
    actions.forEach(Runnable::run);
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
        placing.lock();
        try {
          Frame dirty = set.dirty(page);
          PendingGroup group = group(kind);
          if (dirty != null && dirty.group == group) {
            put(dirty, skip, source, offset, length);
            return group.sequence;
          } else if (dirty != null) {
            other = dirty.group;
          } else if (spare != null) {
            put(spare, skip, source, offset, length);
            if (set.admitDirty(page, spare, changes)) {
              add(spare, group);
              spare = null;
              return group.sequence;
            }
            spare.writtenSectors = 0;
          }
        } finally {
          placing.unlock();
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
    dirtied.signal();
  }

  /** Returns the open group of a kind; the caller holds the lock to place. */
  private PendingGroup group(Group kind) {
    if (round * Group.COUNT + kind.rank <= sealedThrough) {
      round = sealedThrough / Group.COUNT + 1;
    }
    return groups.computeIfAbsent(round * Group.COUNT + kind.rank, PendingGroup::new);
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
    placing.lock();
    try {
      return group(Group.DATA).sequence;
    } finally {
      placing.unlock();
    }
  }

  private long markDirect() {
    placing.lock();
    try {
      PendingGroup data = group(Group.DATA);
      data.hasDirectWrites = true;
      dirtied.signal();
      return data.sequence;
    } finally {
      placing.unlock();
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
      long end = Math.min(sequence, newestSequence());
      for (PendingGroup group = seal(end); group != null; group = seal(end)) {
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

  private long newestSequence() {
    placing.lock();
    try {
      return groups.isEmpty() ? -1 : groups.lastKey();
    } finally {
      placing.unlock();
    }
  }

  /** Seals the first group, null if its number is beyond {@code end}. */
  private @Nullable PendingGroup seal(long end) {
    placing.lock();
    try {
      Map.Entry<Long, PendingGroup> first = groups.firstEntry();
      if (first == null || first.getKey() > end) {
        return null;
      }
      sealedThrough = first.getKey();
      return first.getValue();
    } finally {
      placing.unlock();
    }
  }

  private void unlink(PendingGroup group) {
    placing.lock();
    try {
      groups.remove(group.sequence);
      for (Frame frame : group.frames) {
        long page = frame.page;
        frame.group = null;
        frame.writtenSectors = 0;
        cache.frames().give(cache.set(page).clean(frame));
      }
      dirtyPages.addAndGet(-group.frames.size());
    } finally {
      placing.unlock();
    }
  }

  /** Waits until something is to be committed; false once the end has come. */
  boolean awaitWork() throws InterruptedException {
    placing.lock();
    try {
      while (groups.isEmpty() && !ending) {
        dirtied.await();
      }
      return !ending;
    } finally {
      placing.unlock();
    }
  }

  /** Sends those away who wait for work. */
  void end() {
    placing.lock();
    try {
      ending = true;
      dirtied.signalAll();
    } finally {
      placing.unlock();
    }
  }

  void wipe() {
    writer.wipe();
  }
}
