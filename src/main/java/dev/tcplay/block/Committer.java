package dev.tcplay.block;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

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

  /** Whether frames of a group are given back; still so afterwards if an Error ended that. */
  private boolean unlinking;

  Committer(BlockDevice lower, PageCache cache, PendingGroups groups, DirectWrites direct) {
    this.cache = cache;
    this.groups = groups;
    this.writer = new GroupWriter(lower, cache, direct);
  }

  long dirtyPages() {
    return dirtyPages.get();
  }

  /** Adds a frame that has become dirty to a group; the caller holds the lock of the groups. */
  void add(Frame frame, PendingGroup group) {
    frame.group = group;
    group.frames.add(frame);
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
    List<Runnable> actions = new ArrayList<>();
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
        unlinking = true;
        unlink(group);
        unlinking = false;
        actions.addAll(group.whenCommitted);
      }
    } finally {
      committing.unlock();
      // Without a lock: an action may wait for a thread that waits to commit.
      runAll(actions);
    }
    return any;
  }

  /** Runs all actions, whatever one of them throws. */
  private static void runAll(List<Runnable> actions) {
    for (int i = 0; i < actions.size(); i++) {
      boolean done = false;
      try {
        actions.get(i).run();
        done = true;
      } finally {
        if (!done) {
          runAll(actions.subList(i + 1, actions.size()));
        }
      }
    }
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
