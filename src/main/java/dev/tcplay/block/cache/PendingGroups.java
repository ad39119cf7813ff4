package dev.tcplay.block.cache;

import dev.tcplay.block.WriteBatch.Group;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The groups that wait to be committed, in their order.
 *
 * <p>Groups are numbered by rounds: a round has one group of each kind, and a new round begins when
 * a group is wanted that was already sealed for its commit, so that what is written later never
 * joins a group that may be on its way.
 *
 * <p>{@link #lock} guards the groups and the dirty frames in them. It is held to copy and to link,
 * never during I/O.
 */
final class PendingGroups {

  final ReentrantLock lock = new ReentrantLock();

  private final Condition added = lock.newCondition();
  private final TreeMap<Long, PendingGroup> groups = new TreeMap<>();
  private long round;
  private long sealedThrough = -1;
  private boolean unseen;
  private boolean ending;

  /** Returns the open group of a kind; the caller holds the lock. */
  PendingGroup open(Group kind) {
    long sequence = sequence(kind);
    PendingGroup group = groups.get(sequence);
    if (group == null) {
      group = new PendingGroup(sequence);
      groups.put(sequence, group);
      unseen = true;
      added.signal();
    }
    return group;
  }

  private long sequence(Group kind) {
    if (round * Group.COUNT + kind.rank() <= sealedThrough) {
      round = sealedThrough / Group.COUNT + 1;
    }
    return round * Group.COUNT + kind.rank();
  }

  /**
   * Returns whether a group is the open one of a kind, or, if that will do, one before it that may
   * still change; the caller holds the lock.
   */
  boolean takes(PendingGroup group, Group kind, boolean orEarlier) {
    long open = sequence(kind);
    return group.sequence == open
        || (orEarlier && group.sequence < open && group.sequence > sealedThrough);
  }

  /** Makes all groups opened from now on come after those that wait now. */
  void beginRound() {
    lock.lock();
    try {
      if (!groups.isEmpty()) {
        round = Math.max(round, groups.lastKey() / Group.COUNT) + 1;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether something waits that comes before what is written now in a group. */
  boolean hasAnyBefore(Group kind) {
    lock.lock();
    try {
      return !groups.isEmpty() && groups.firstKey() < sequence(kind);
    } finally {
      lock.unlock();
    }
  }

  /** Has actions done once a group is committed; false if it is already. */
  boolean onceCommitted(long sequence, List<Runnable> actions) {
    lock.lock();
    try {
      PendingGroup group = groups.get(sequence);
      return group != null && group.whenCommitted.addAll(actions);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of the last group that waits now, -1 if none does. */
  long newest() {
    lock.lock();
    try {
      return groups.isEmpty() ? -1 : groups.lastKey();
    } finally {
      lock.unlock();
    }
  }

  /** Seals the first group, so that it does not change any more; null if it is behind the end. */
  @Nullable PendingGroup seal(long end) {
    lock.lock();
    try {
      Map.Entry<Long, PendingGroup> first = groups.firstEntry();
      if (first == null || first.getKey() > end) {
        return null;
      }
      sealedThrough = first.getKey();
      return first.getValue();
    } finally {
      lock.unlock();
    }
  }

  /** Removes a group that was committed; the caller holds the lock. */
  void remove(PendingGroup group) {
    groups.remove(group.sequence);
  }

  /**
   * Waits until something is to be committed, or was since the last call, even if it is committed
   * already; false once the end has come.
   */
  boolean await() throws InterruptedException {
    lock.lock();
    try {
      while (groups.isEmpty() && !unseen && !ending) {
        added.await();
      }
      unseen = false;
      return !ending;
    } finally {
      lock.unlock();
    }
  }

  /** Sends those away who wait. */
  void end() {
    lock.lock();
    try {
      ending = true;
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
