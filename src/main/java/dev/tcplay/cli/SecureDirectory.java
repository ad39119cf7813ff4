package dev.tcplay.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the host by its handle: what is made in it is made there, whatever its path leads
 * to by then. Since no handle can make a directory or a link, it is made in the top one under
 * another name and moved into its place from there.
 */
final class SecureDirectory implements TargetDirectory {

  /**
   * What the directories below one top share.
   *
   * @param nursery a path of the top, where directories and links are made
   * @param container the key of the file that holds the volume, null if there is none
   */
  private record Shared(
      DirectoryHandle top, Path nursery, MadeFiles made, @Nullable Object container) {}

  private final Shared shared;
  private final DirectoryHandle handle;

  /** How many directories below the top. */
  private final int depth;

  private SecureDirectory(Shared shared, DirectoryHandle handle, int depth) {
    this.depth = depth;
    this.shared = shared;
    this.handle = handle;
  }

  /**
   * Returns the top.
   *
   * @param handle which is closed with it
   * @param container the file that holds the volume, which is not replaced
   */
  static SecureDirectory of(Path path, SecureDirectoryStream<Path> handle, Path container)
      throws IOException {
    Object key = Files.exists(container) ? keyOf(container) : null;
    DirectoryHandle top = DirectoryHandle.top(path, handle);
    Shared shared = new Shared(top, pathOf(handle, path), new MadeFiles(), key);
    return new SecureDirectory(shared, top, 0);
  }

  /**
   * Returns a path that leads to the directory of a handle whatever becomes of its names, where the
   * system has such paths, as Linux has; else the one given.
   */
  private static Path pathOf(SecureDirectoryStream<Path> handle, Path path) throws IOException {
    Path handles = path.getFileSystem().getPath("/proc/self/fd");
    Object key = DirectoryHandle.own(handle).fileKey();
    if (key == null || !Files.isDirectory(handles)) {
      return path;
    }
    try (DirectoryStream<Path> open = Files.newDirectoryStream(handles)) {
      for (Path each : open) {
        if (leadsTo(each, key)) {
          return each;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return path;
  }

  /** Other threads may close what they have open. */
  private static boolean leadsTo(Path handle, Object key) {
    try {
      return key.equals(keyOf(handle));
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @Override
  public Path path() {
    return handle.path();
  }

  @Override
  public TargetDirectory enter(String name) throws IOException {
    Path child = HostNames.single(path().getFileSystem(), name);
    handle.checkPlace();
    BasicFileAttributes there = handle.attributes(child);
    if (there == null) {
      makeDirectory(child);
    } else if (there.isDirectory()) {
      shared.made.checkOther(path().resolve(child), there);
    } else {
      throw new FileAlreadyExistsException(path().resolve(child).toString());
    }
    DirectoryHandle entered = handle.below(child);
    shared.made.add(entered.path(), DirectoryHandle.own(entered.stream()));
    return new SecureDirectory(shared, entered, depth + 1);
  }

  private void makeDirectory(Path child) throws IOException {
    Path temporary = temporaryName(path());
    Path place = shared.nursery.resolve(temporary);
    moveFromNursery(
        temporary, place, child, () -> Files.createDirectory(place, OwnerOnly.directory(place)));
  }

  /** Makes what no handle can make by a path, and moves it to its place by handles. */
  private void moveFromNursery(Path temporary, Path place, Path child, RunningCommand.Action making)
      throws IOException {
    RunningCommand.Unfinished unfinished = RunningCommand.begin();
    try (unfinished) {
      making.run();
      try {
        shared.top.stream().move(temporary, handle.stream(), child);
      } catch (Throwable e) {
        deleteMade(temporary, place, e);
        throw e;
      }
    } catch (AtomicMoveNotSupportedException e) {
      throw new FileSystemException(
          path().resolve(child).toString(),
          null,
          "is not made, since this place is on another storage than " + shared.top.path());
    }
  }

  /** Deletes by the path what was made by the path, if that does not lead to the top any more. */
  private void deleteMade(Path temporary, Path place, Throwable failure) {
    try {
      BasicFileAttributes made = shared.top.attributes(temporary);
      if (made == null) {
        Files.deleteIfExists(place);
      } else if (made.isSymbolicLink()) {
        shared.top.stream().deleteFile(temporary);
      } else {
        shared.top.stream().deleteDirectory(temporary);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void write(String name, long size, Optional<FileTimes> times, Content content)
      throws IOException {
    Path child = HostNames.single(path().getFileSystem(), name);
    handle.checkPlace();
    BasicFileAttributes there = handle.attributes(child);
    if (there != null) {
      checkReplaceable(child, there);
    }
    Path temporary = temporaryName(path());
    RunningCommand.Unfinished writing = RunningCommand.begin();
    try (writing;
        SeekableByteChannel channel = create(temporary)) {
      try {
        content.writeTo(channel);
        if (channel instanceof FileChannel file) {
          file.force(true);
        }
        takePermissions(child, there, temporary);
        if (times.isPresent()) {
          times.get().setBy(handle.view(temporary, BasicFileAttributeView.class));
        }
        handle.stream().move(temporary, handle.stream(), child);
      } catch (Throwable e) {
        deleteFile(temporary, e);
        throw e;
      }
    }
    remember(child);
  }

  @Override
  public boolean canLink() {
    return true;
  }

  /** No handle can make a link, so it is made as directories are. */
  @Override
  public void link(String name, String target) throws IOException {
    Path child = HostNames.single(path().getFileSystem(), name);
    Path inside = InsideLink.target(path().getFileSystem(), target, depth);
    handle.checkPlace();
    BasicFileAttributes there = handle.attributes(child);
    if (there != null) {
      checkReplaceable(child, there);
    }
    Path temporary = temporaryName(path());
    Path place = shared.nursery.resolve(temporary);
    moveFromNursery(temporary, place, child, () -> Files.createSymbolicLink(place, inside));
    remember(child);
  }

  private void remember(Path child) throws IOException {
    BasicFileAttributes made = handle.attributes(child);
    if (made != null) {
      shared.made.add(path().resolve(child), made);
    }
  }

  @Override
  public void setTimes(FileTimes times) throws IOException {
    times.setBy(handle.stream().getFileAttributeView(BasicFileAttributeView.class));
  }

  private void checkReplaceable(Path child, BasicFileAttributes there) throws IOException {
    Path file = path().resolve(child);
    if (there.isDirectory()) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    if (shared.container != null && shared.container.equals(there.fileKey())) {
      throw new FileSystemException(file.toString(), null, "is the container itself");
    }
    shared.made.checkOther(file, there);
  }

  private SeekableByteChannel create(Path temporary) throws IOException {
    return handle.stream()
        .newByteChannel(
            temporary,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            OwnerOnly.file(path()));
  }

  /** Those who might read the file that is replaced may read the new one, and nobody else. */
  private void takePermissions(Path child, @Nullable BasicFileAttributes there, Path temporary)
      throws IOException {
    PosixFileAttributeView old = handle.view(child, PosixFileAttributeView.class);
    PosixFileAttributeView view = handle.view(temporary, PosixFileAttributeView.class);
    if (there != null && there.isRegularFile() && old != null && view != null) {
      view.setPermissions(old.readAttributes().permissions());
    }
  }

  private void deleteFile(Path temporary, Throwable failure) {
    try {
      handle.stream().deleteFile(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static Path temporaryName(Path directory) {
    return directory.getFileSystem().getPath(PartialFile.temporaryName());
  }

  @Override
  public void close() throws IOException {
    handle.close();
  }
}
