package dev.tcplay.serve.web;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Files of a tree that are in the making, or about to go, and so are not to be seen: at no moment,
 * since nobody looks for files while they get or lose a name. Safe for several threads.
 */
public final class HiddenFiles {

  /** Several changes of the file system that are one for those who look. */
  public interface Step {

    /** Makes the changes. */
    void run() throws IOException;
  }

  /** What somebody looks for. */
  interface Look {

    /** Looks. */
    Place find() throws IOException;
  }

  /** Shared by those who look, alone for who changes files together with what is hidden. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** By the paths that they were made at, where they are since their directories were moved. */
  private final Map<Path, Path> places = new ConcurrentHashMap<>();

  HiddenFiles() {}

  /** Looks for a file, by {@link #has}, while nobody hides or shows one. */
  Place look(Look look) throws IOException {
    lock.readLock().lock();
    try {
      return look.find();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Tells whether there is such a file at a path; for those who {@link #look}. */
  boolean has(Path path) {
    return places.containsValue(path);
  }

  /**
   * Returns a free name in the directory of a file, for what becomes the file, or was it. It is
   * hidden until it is given to {@link #forget}.
   */
  public Path beside(Path file) {
    Path free = file.resolveSibling("tcplay-" + UUID.randomUUID() + ".tmp");
    places.put(free, free);
    return free;
  }

  /** Hides a name no longer, under which there is nothing any more. */
  public void forget(Path free) {
    places.remove(free);
  }

  /** Returns where the file is that was made under a name of {@link #beside}. */
  public Path whereIs(Path free) {
    return places.getOrDefault(free, free);
  }

  /** Makes changes while nobody looks for a file, so that what is between them is not seen. */
  public void asOne(Step step) throws IOException {
    lock.writeLock().lock();
    try {
      step.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Moves a file, or a directory with all that is in it, hidden files too; as one change where the
   * file system can do that. A file of the new name is replaced. What was hidden by {@link #beside}
   * is seen under its new name.
   */
  public void move(Path from, Path to) throws IOException {
    if (!places.containsKey(from) && !Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      // Perhaps into another file store, which takes its time.
      rename(from, to);
      return;
    }
    asOne(
        () -> {
          rename(from, to);
          places.remove(from);
          places.replaceAll(
              (free, now) -> now.startsWith(from) ? to.resolve(from.relativize(now)) : now);
        });
  }

  private static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
