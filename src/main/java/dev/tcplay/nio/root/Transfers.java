package dev.tcplay.nio.root;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;

/** What is done with two files, which may lie on two sides of the mount point. */
final class Transfers {

  /** Copies or moves by one provider, or from one to the other as {@link Files} does. */
  private interface Transfer {
    void run(Path source, Path target) throws IOException;
  }

  private final FileSystemProvider host;
  private final RootMount mount;

  Transfers(FileSystemProvider host, RootMount mount) {
    this.host = host;
    this.mount = mount;
  }

  /** Copies as {@link Files#copy(Path, Path, CopyOption...)} does; across, from store to store. */
  void copy(MountPoint.Place source, MountPoint.Place target, CopyOption... options)
      throws IOException {
    run(source, target, (from, to) -> Files.copy(from, to, options));
  }

  /**
   * Moves as {@link Files#move} does. Across, the file is copied and deleted, as from store to
   * store: a directory with entries is a {@link java.nio.file.DirectoryNotEmptyException}, and an
   * atomic move an {@link java.nio.file.AtomicMoveNotSupportedException}.
   */
  void move(MountPoint.Place source, MountPoint.Place target, CopyOption... options)
      throws IOException {
    mount.refuseTop(source);
    boolean across = source.isInside() != target.isInside();
    if (across && List.of(options).contains(StandardCopyOption.ATOMIC_MOVE)) {
      throw new AtomicMoveNotSupportedException(
          mount.nameOf(source), mount.nameOf(target), "is in another store");
    }
    run(
        source,
        target,
        (from, to) -> {
          if (across) {
            refuseFull(from);
          }
          Files.move(from, to, options);
        });
  }

  /** The JDK makes the target's directory before it finds entries in the source, and leaves it. */
  private static void refuseFull(Path source) throws IOException {
    if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(source)) {
        if (entries.iterator().hasNext()) {
          throw new DirectoryNotEmptyException(source.toString());
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
  }

  /** Makes a hard link, on one side. */
  void link(MountPoint.Place link, MountPoint.Place existing) throws IOException {
    if (link.isInside() != existing.isInside()) {
      throw new FileSystemException(
          mount.nameOf(link), mount.nameOf(existing), "a link cannot lead to another store");
    }
    run(link, existing, (from, to) -> from.getFileSystem().provider().createLink(from, to));
  }

  /** Tells whether two places are the same file; on two sides both must be there, too. */
  boolean areSame(MountPoint.Place place, MountPoint.Place other) throws IOException {
    if (place.isInside() && other.isInside()) {
      return mount.call(place, (files, file) -> files.isSameFile(file, mount.inside(other)));
    }
    if (!place.isInside() && !other.isInside()) {
      return host.isSameFile(place.host(), other.host());
    }
    mount.call(
        place.isInside() ? place : other,
        (files, file) -> {
          files.checkAccess(file);
          return file;
        });
    host.checkAccess(place.isInside() ? other.host() : place.host());
    return false;
  }

  private void run(MountPoint.Place source, MountPoint.Place target, Transfer transfer)
      throws IOException {
    if (source.isInside() && target.isInside()) {
      mount.call(
          source,
          (files, from) -> {
            transfer.run(from, mount.inside(target));
            return from;
          });
      return;
    }
    Path from = source.isInside() ? mount.inside(source) : source.host();
    Path to = target.isInside() ? mount.inside(target) : target.host();
    try {
      transfer.run(from, to);
    } catch (FileSystemException e) {
      if (!source.isInside() && !target.isInside()) {
        throw e;
      }
      MountPoint.Place inside = source.isInside() ? source : target;
      String name = mount.inside(inside).toString();
      throw InsideNames.translate(e, file -> name.equals(file) ? mount.nameOf(inside) : file);
    }
  }
}
