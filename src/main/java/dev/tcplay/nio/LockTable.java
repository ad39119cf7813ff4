package dev.tcplay.nio;

import java.nio.channels.Channel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The locks on the files of a volume, by the id of the file's node. They hold within this JVM;
 * other processes do not see the files.
 */
final class LockTable {

  private final Map<Long, List<FileLock>> locks = new HashMap<>();

  /**
   * Adds a lock.
   *
   * @throws OverlappingFileLockException if there is one on a part of the same range
   */
  synchronized void add(long id, FileLock lock) {
    List<FileLock> held = locks.computeIfAbsent(id, absent -> new ArrayList<>());
    if (held.stream().anyMatch(other -> other.overlaps(lock.position(), lock.size()))) {
      throw new OverlappingFileLockException();
    }
    held.add(lock);
  }

  synchronized void remove(long id, FileLock lock) {
    removeIf(id, lock::equals);
  }

  /** Removes all locks that a channel holds on a file. */
  synchronized void removeAll(long id, Channel channel) {
    removeIf(id, lock -> lock.acquiredBy() == channel);
  }

  private void removeIf(long id, Predicate<FileLock> condition) {
    List<FileLock> held = locks.getOrDefault(id, new ArrayList<>());
    held.removeIf(condition);
    if (held.isEmpty()) {
      locks.remove(id);
    }
  }
}
