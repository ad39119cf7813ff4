package dev.tcplay.fs.tree;

import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.cluster.ChangeGuard;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The times of directories in which entries have changed, come or gone. As the sizes of open files,
 * they are known here only until the device is about to sync: then they go to the disk with what
 * was changed, in the same commit, and a burst of changes costs one write. The root has no place
 * for a time. Safe for any number of threads.
 *
 * @param <D> the directories of the driver
 */
final class DirectoryTimes<D extends TreeDirectory<D>> {

  /** Gives the entry of a directory a time. */
  interface Writer<D> {
    void write(D directory, FileTime time) throws IOException;
  }

  private final Map<D, FileTime> times = new ConcurrentHashMap<>();

  /** Held while a time is written, before any lock of a directory. */
  private final Lock publishing = new ReentrantLock();

  /** Takes note that the entries of a directory have changed. */
  void touch(D directory, FileTime time) {
    if (directory.parent() != null && !time.equals(times.get(directory))) {
      times.put(directory, time);
    }
  }

  /** Has a directory given another time, which what was noted before does not replace. */
  void replace(D directory, ChangeGuard.Action change) throws IOException {
    publishing.lock();
    try {
      times.remove(directory);
      change.run();
    } finally {
      publishing.unlock();
    }
  }

  /** Returns the attributes of a directory, null if it was not entered, as they will be on disk. */
  NodeAttributes current(@Nullable D directory, NodeAttributes onDisk) {
    FileTime time = directory == null ? null : times.get(directory);
    return time == null ? onDisk : onDisk.toBuilder().modified(time).build();
  }

  /**
   * Hands all over. A directory that is gone by now, or whose entry cannot be written as no room is
   * left to put it where it can be, keeps the time that it has.
   *
   * @throws IOException if the device fails
   */
  void publish(Writer<D> writer) throws IOException {
    publishing.lock();
    try {
      for (Map.Entry<D, FileTime> entry : times.entrySet()) {
        publish(entry.getKey(), entry.getValue(), writer);
      }
    } finally {
      publishing.unlock();
    }
  }

  private void publish(D directory, FileTime time, Writer<D> writer) throws IOException {
    try {
      if (!directory.isRemoved()) {
        writer.write(directory, time);
      }
    } catch (FileSystemException e) {
      // As said above.
    }
    times.remove(directory, time);
  }
}
