package dev.tcplay.nio;

import dev.tcplay.container.ContainerLock;
import dev.tcplay.container.NamedFailures;
import dev.tcplay.fs.Feature;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.sync.Gate;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * The only way to a mounted volume. Calls run side by side until the file system is closed; closing
 * waits for those that run, closes what was opened through it, then the volume.
 *
 * <p>A thread's interrupt does not disturb a call, as it does not disturb the default file system;
 * the thread keeps its interrupt status, and channels that are interruptible look at it.
 */
final class VolumeAccess {

  /** Something done with a volume. */
  @FunctionalInterface
  interface Call<T> {
    T on(MountedVolume volume) throws IOException;
  }

  /** As {@link Call}, without a result. */
  @FunctionalInterface
  interface Action {
    void on(MountedVolume volume) throws IOException;
  }

  /** How often others may be quicker in a row: more often, and the volume contradicts itself. */
  static final int ATTEMPTS = 1000;

  private final MountedVolume volume;
  private final ContainerLock lock;

  /** Where all calls pass: a lock that readers share would slow them down. */
  private final Gate calls = new Gate();

  private volatile boolean closed;

  private final VolumeResources resources;

  VolumeAccess(MountedVolume volume, ContainerLock lock) {
    this.volume = volume;
    this.lock = lock;
    this.resources = new VolumeResources(volume);
  }

  boolean isOpen() {
    return !closed;
  }

  /** Returns whether the container is still ours to write. */
  boolean mayWrite() {
    try {
      lock.check(true);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Makes a call on behalf of a path, which exceptions name as the caller wrote it.
   *
   * @throws ClosedFileSystemException if the file system is closed
   */
  <T> T call(Path path, Call<T> call) throws IOException {
    return call(path, null, call);
  }

  /**
   * Makes a call that looks paths up, as {@link #call}. What it found may be gone before it is
   * used, because somebody moved or replaced it: it is then made again, and finds what is there by
   * then, so that a name that is there all the time is always found.
   */
  <T> T find(Path path, Call<T> call) throws IOException {
    return call(path, null, on -> again(on, call));
  }

  private static <T> T again(MountedVolume on, Call<T> call) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.on(on);
      } catch (NoSuchFileException e) {
        if (e instanceof MissingException || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /**
   * Makes a call that looks paths up and changes the tree, as {@link #find}.
   *
   * @param other a second path that exceptions name
   * @throws ReadOnlyFileSystemException if the volume is read-only
   * @throws FileSystemException if the volume's tree is fixed
   */
  void change(Path path, @Nullable Path other, Action action) throws IOException {
    call(
        path,
        other,
        on -> {
          checkChangeable(path, on);
          return again(
              on,
              same -> {
                action.on(same);
                return path;
              });
        });
  }

  /**
   * Makes a call that changes a node which was found before.
   *
   * @throws ReadOnlyFileSystemException if the volume is read-only
   * @throws FileSystemException if the volume's tree is fixed
   */
  void changeFound(Path path, Action action) throws IOException {
    run(
        path,
        on -> {
          checkChangeable(path, on);
          action.on(on);
        });
  }

  /**
   * Fails if the container is no longer ours to write. What is written to the volume would end in
   * its cache.
   */
  void checkLock() throws IOException {
    lock.check(true);
  }

  /** Fails if the volume must not be read any more, as another program has come in. */
  void checkHost() throws IOException {
    lock.check(false);
  }

  /**
   * Checks that the tree of a volume can be changed.
   *
   * @throws ReadOnlyFileSystemException if the volume is read-only
   * @throws FileSystemException if the volume's tree is fixed
   */
  void checkChangeable(Path path, MountedVolume volume) throws IOException {
    checkLock();
    if (volume.isReadOnly()) {
      throw TcplayPath.cast(path).getFileSystem().readOnly(path);
    }
    if (!volume.features().contains(Feature.TREE_WRITE)) {
      throw new FileSystemException(
          path.toString(),
          null,
          "only the contents of files can be changed on a volume of type " + volume.type());
    }
  }

  private <T> T call(Path path, @Nullable Path other, Call<T> call) throws IOException {
    enter();
    try {
      lock.check(false);
      return call.on(volume);
    } catch (FileSystemException | RuntimeException e) {
      throw named(e, path, other);
    } catch (StackOverflowError e) {
      calls.overflowed = true;
      throw e;
    } finally {
      calls.leave();
    }
  }

  private void enter() {
    try {
      calls.enter();
    } catch (ClosedChannelException e) {
      throw new ClosedFileSystemException();
    }
  }

  /** Makes a call without a result, as {@link #call}. */
  void run(Path path, Action action) throws IOException {
    call(
        path,
        volume -> {
          action.on(volume);
          return path;
        });
  }

  /** Makes a call that changes the contents of a file, as {@link #run}. */
  void write(Path path, Action action) throws IOException {
    run(
        path,
        on -> {
          checkLock();
          action.on(on);
        });
  }

  /**
   * Closes contents, also while the file system is being closed and after that.
   *
   * @param last done before, as long as the volume is there
   */
  void finish(Path path, Closeable contents, Action last) throws IOException {
    try {
      resources.finish(contents, last);
    } catch (FileSystemException | RuntimeException e) {
      throw named(e, path, null);
    }
  }

  private static FileSystemException named(Exception failure, Path path, @Nullable Path other) {
    if (failure instanceof RuntimeException mistake) {
      return NamedFailures.of(mistake, TcplayPath.cast(path).getFileSystem().type(), path, other);
    }
    if (failure instanceof MissingException missing) {
      return missing.plain();
    }
    FileSystemException known =
        failure instanceof BelowFileException below ? below.plain() : (FileSystemException) failure;
    return NamedFailures.of(known, path, other);
  }

  /** Returns what is closed with the file system. */
  VolumeResources resources() {
    return resources;
  }

  /**
   * Closes everything, as {@link VolumeResources#close} says.
   *
   * @param afterwards closed when all is closed
   */
  void close(Closeable afterwards) throws IOException {
    calls.shut();
    calls.beginClosing();
    closed = true;
    calls.open();
    resources.close(afterwards);
  }
}
