package dev.tcplay.nio.root;

import dev.tcplay.nio.TcplayFileSystemProvider;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The container at the mount point. The first access opens it; a failure is kept, so that a wrong
 * password is not tried by every file that a program looks for. Thread-safe.
 */
final class RootMount {

  /** Something done inside. */
  interface Call<T> {
    T on(FileSystemProvider files, Path inside) throws IOException;
  }

  private final MountPoint point;
  private final RealRoot root;
  private final FileSystemProvider containers = new TcplayFileSystemProvider();
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable FileSystem opened;
  private @Nullable Throwable failure;

  RootMount(MountPoint point, RealRoot root) {
    this.point = point;
    this.root = root;
  }

  MountPoint point() {
    return point;
  }

  /**
   * Does something at a place inside, and names files in what it throws by the one tree.
   *
   * @throws FileSystemException if the container cannot be opened, or if the call says so
   */
  <T> T call(MountPoint.Place place, Call<T> call) throws IOException {
    Path inside = inside(place);
    try {
      return call.on(inside.getFileSystem().provider(), inside);
    } catch (FileSystemException e) {
      throw named(e);
    }
  }

  /** Returns a failure that names the file by the one tree. */
  FileSystemException named(FileSystemException failure) {
    return InsideNames.translate(failure, this::nameOf);
  }

  /** Returns the path in the container. */
  Path inside(MountPoint.Place place) throws IOException {
    return open().getPath("/", place.names().toArray(String[]::new));
  }

  /**
   * Returns the path of the host's form that stands for a path in the container.
   *
   * @throws InvalidPathException if the host has no such names
   */
  Path outside(Path inside) {
    Path whole = inside.isAbsolute() ? point.path() : point.path().getFileSystem().getPath("");
    for (Path name : inside) {
      whole = whole.resolve(name.toString());
    }
    return whole;
  }

  /** Returns the name of a place in the one tree. */
  String nameOf(MountPoint.Place place) {
    Path whole = place.host();
    for (String name : place.names()) {
      whole = whole.resolve(name);
    }
    return whole.toString();
  }

  /** Returns the name in the one tree of what an absolute name in the container means. */
  private String nameOf(String inside) {
    try {
      return inside.startsWith("/")
          ? known().map(files -> outside(files.getPath(inside)).toString()).orElse(inside)
          : inside;
    } catch (InvalidPathException e) {
      return inside;
    }
  }

  /**
   * Checks that a place that is to go away is not the mount point itself.
   *
   * @throws FileSystemException if it is
   */
  void refuseTop(MountPoint.Place place) throws FileSystemException {
    if (place.isInside() && place.names().isEmpty()) {
      throw new FileSystemException(point.path().toString(), null, "is a mount point");
    }
  }

  /** Returns the container's file system if it is open, without opening it. */
  Optional<FileSystem> known() {
    return Optional.ofNullable(opened).filter(FileSystem::isOpen);
  }

  /** Tells whether a place is a directory, as far as that is known without opening anything. */
  boolean isKnownDirectory(MountPoint.Place place) {
    return place.names().isEmpty()
        || known()
            .map(
                files ->
                    Files.isDirectory(files.getPath("/", place.names().toArray(String[]::new))))
            .orElse(false);
  }

  private FileSystem open() throws IOException {
    FileSystem known = opened;
    if (known != null) {
      return known;
    }
    if (opening.isHeldByCurrentThread()) {
      throw new FileSystemException(
          point.path().toString(), null, "what opens the container must not lie in it");
    }
    opening.lock();
    try {
      if (failure != null) {
        throw refusal(failure);
      }
      return opened == null ? openFirst() : opened;
    } finally {
      opening.unlock();
    }
  }

  private FileSystem openFirst() throws IOException {
    try {
      FileSystem files = containers.newFileSystem(root.container(), root.env());
      closeAtEnd(files);
      opened = files;
      return files;
    } catch (IOException | RuntimeException e) {
      // An interrupted opening says nothing of the next one.
      failure = Thread.currentThread().isInterrupted() ? null : e;
      throw refusal(e);
    }
  }

  /** Programs end without closing the default file system, but what they wrote must be there. */
  private static void closeAtEnd(FileSystem files) throws IOException {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(files), "tcplay-root"));
    } catch (IllegalStateException e) {
      try (files) {
        throw new IOException("the virtual machine is ending", e);
      }
    }
  }

  private static void close(FileSystem files) {
    try {
      files.close();
    } catch (IOException e) {
      System.err.println("tcplay: the root mount could not be closed: " + e.getMessage());
    }
  }

  private FileSystemException refusal(Throwable cause) {
    FileSystemException refusal =
        new FileSystemException(
            point.path().toString(),
            null,
            "the volume " + root.name() + " could not be opened: " + cause.getMessage());
    refusal.initCause(cause);
    return refusal;
  }
}
