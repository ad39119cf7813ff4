package dev.tcplay.block.cache;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Commits groups of dirty frames in their order: each is written whole and forced before the next
 * one begins. One thread at a time commits; whoever wants the same meanwhile waits for it.
 */
final class Committer {

  private final PageCache cache;
  private final PendingGroups groups;
  private final GroupWriter writer;
  private final ReentrantLock committing = new ReentrantLock();
  private final AtomicLong dirtyPages = new AtomicLong();

  /** Whether a frame is given back; still so afterwards if an Error ended that. */
  private boolean unlinking;

  Committer(BlockDevice lower, PageCache cache, PendingGroups groups, DirectWrites direct) {
    this.cache = cache;
    this.groups = groups;
    this.writer = new GroupWriter(lower, cache, direct);
  }

  long dirtyPages() {
    return dirtyPages.get();
  }

  /** Counts a frame that has become dirty. */
  void countDirty() {
    dirtyPages.incrementAndGet();
  }

  /** Commits all that was written before the call, and forces the lower device in any case. */
  void force() throws IOException {
    if (!commitThrough(Long.MAX_VALUE)) {
      committing.lock();
      try {
        writer.force();
      } finally {
        committing.unlock();
      }
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
    PendingGroup firstCommitted = null;
    PendingGroup lastCommitted = null;
    boolean any = false;
    committing.lock();
    try {
      if (unlinking) {
        // A frame may belong to a group and to another page: writing it would destroy that.
        throw new IOException("an error has ended a commit halfway: nothing is written any more");
      }
      long end = Math.min(sequence, groups.newest());
      for (PendingGroup group = groups.seal(end); group != null; group = groups.seal(end)) {
        any |= writer.write(group);
        unlink(group);
        if (lastCommitted == null) {
          firstCommitted = group;
        } else {
          lastCommitted.nextCommitted = group;
        }
        lastCommitted = group;
      }
    } finally {
      committing.unlock();
      // Without a lock: an action may wait for a thread that waits to commit.
      runActions(firstCommitted, 0);
    }
    return any;
  }

  /** Runs the actions of a group from one on, and of those behind it: all, whatever one throws. */
  private static void runActions(@Nullable PendingGroup first, int from) {
    PendingGroup group = first;
    int next = from;
    try {
      while (group != null) {
        while (next < group.whenCommitted.size()) {
          group.whenCommitted.get(next++).run();
        }
        group = group.nextCommitted;
        next = 0;
      }
    } finally {
      if (group != null) {
        runActions(group, next);
      }
    }
  }

  /**
   * Gives the frames of a group back, from the last to the first. What an Error leaves of them is
   * still the group's, and is written again with it.
   */
  private void unlink(PendingGroup group) {
    groups.lock.lock();
    try {
      for (Frame frame = group.last; frame != null; frame = group.last) {
        PageSet set = cache.set(frame.page);
        // Nothing behind this needs memory.
        Frame[] rest = set.dirtyWithout(frame);
        unlinking = true;
        group.removeLast(frame);
        frame.writtenSectors = 0;
        cache.frames().give(set.clean(frame, rest));
        dirtyPages.decrementAndGet();
        unlinking = false;
      }
      groups.remove(group);
    } finally {
      groups.lock.unlock();
    }
  }

  /** Waits until something is, or was, to be committed; false once the end has come. */
  boolean awaitWork() throws InterruptedException {
    return groups.await();
  }

  /** Sends those away who wait for work. */
  void end() {
    groups.end();
  }

  /** Wipes what was kept, once a commit that is under way has ended. */
  void wipe() {
    committing.lock();
    try {
      writer.wipe();
      cache.wipe();
    } finally {
      committing.unlock();
    }
  }
}
