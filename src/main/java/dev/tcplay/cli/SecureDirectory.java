package dev.tcplay.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the host by its handle: what is made in it is made there, whatever its path leads
 * to by then. Since no handle can make a directory, it is made in the top one under another name
 * and moved into its place from there.
 */
final class SecureDirectory implements TargetDirectory {

  /** Handles below the top that are open at once; those further up are opened again when needed. */
  private static final int MOST_HANDLES = 32;

  /**
   * What the directories below one top share.
   *
   * @param nursery a path of the top, where directories are made
   * @param container the key of the file that holds the volume, null if there is none
   * @param open the directories below the top that have a handle, the latest last
   */
  private record Shared(
      Path nursery, MadeFiles made, @Nullable Object container, Deque<SecureDirectory> open) {}

  private final Shared shared;
  private final SecureDirectory top;
  private final @Nullable SecureDirectory parent;
  private final Path path;
  private @Nullable SecureDirectoryStream<Path> handle;
  private @Nullable Object key;

  private SecureDirectory(Shared shared, @Nullable SecureDirectory parent, Path path) {
    this.shared = shared;
    this.parent = parent;
    this.top = parent == null ? this : parent.top;
    this.path = path;
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
    Shared shared = new Shared(pathOf(handle, path), new MadeFiles(), key, new ArrayDeque<>());
    SecureDirectory top = new SecureDirectory(shared, null, path);
    top.handle = handle;
    return top;
  }

  /**
   * Returns a path that leads to the directory of a handle whatever becomes of its names, where the
   * system has such paths, as Linux has; else the one given.
   */
  private static Path pathOf(SecureDirectoryStream<Path> handle, Path path) throws IOException {
    Path handles = path.getFileSystem().getPath("/proc/self/fd");
    Object key = own(handle).fileKey();
    if (key == null || !Files.isDirectory(handles)) {
      return path;
    }
    try (DirectoryStream<Path> open = Files.newDirectoryStream(handles)) {
      for (Path each : open) {
        if (Files.exists(each) && key.equals(keyOf(each))) {
          return each;
        }
      }
    }
    return path;
  }

  private static @Nullable Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public TargetDirectory enter(String name) throws IOException {
    Path child = HostNames.single(path.getFileSystem(), name);
    checkPlace();
    BasicFileAttributes there = attributes(child);
    if (there == null) {
      makeDirectory(child);
    } else if (there.isDirectory()) {
      shared.made.checkOther(path.resolve(child), there);
    } else {
      throw new FileAlreadyExistsException(path.resolve(child).toString());
    }
    SecureDirectory entered = new SecureDirectory(shared, this, path.resolve(child));
    shared.made.add(entered.path, own(entered.handle()));
    return entered;
  }

  private void makeDirectory(Path child) throws IOException {
    Path temporary = temporaryName(path);
    Path place = shared.nursery.resolve(temporary);
    RunningCommand.Unfinished making = RunningCommand.begin();
    try (making) {
      Files.createDirectory(place, OwnerOnly.directory(place));
      try {
        top.handle().move(temporary, handle(), child);
      } catch (Throwable e) {
        deleteDirectory(temporary, place, e);
        throw e;
      }
    } catch (AtomicMoveNotSupportedException e) {
      throw new FileSystemException(
          path.resolve(child).toString(),
          null,
          "is not made, since this place is on another storage than " + top.path);
    }
  }

  /** Deletes by the path what was made by the path, if that does not lead to the top any more. */
  private void deleteDirectory(Path temporary, Path place, Throwable failure) {
    try {
      if (top.attributes(temporary) == null) {
        Files.deleteIfExists(place);
      } else {
        top.handle().deleteDirectory(temporary);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void write(String name, long size, Optional<FileTimes> times, Content content)
      throws IOException {
    Path child = HostNames.single(path.getFileSystem(), name);
    checkPlace();
    BasicFileAttributes there = attributes(child);
    if (there != null) {
      checkReplaceable(child, there);
    }
    Path temporary = temporaryName(path);
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
          times.get().setBy(view(temporary, BasicFileAttributeView.class));
        }
        handle().move(temporary, handle(), child);
      } catch (Throwable e) {
        deleteFile(temporary, e);
        throw e;
      }
    }
    BasicFileAttributes made = attributes(child);
    if (made != null) {
      shared.made.add(path.resolve(child), made);
    }
  }

  @Override
  public void setTimes(FileTimes times) throws IOException {
    times.setBy(handle().getFileAttributeView(BasicFileAttributeView.class));
  }

  private void checkReplaceable(Path child, BasicFileAttributes there) throws IOException {
    Path file = path.resolve(child);
    if (there.isDirectory()) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    if (shared.container != null && shared.container.equals(there.fileKey())) {
      throw new FileSystemException(file.toString(), null, "is the container itself");
    }
    shared.made.checkOther(file, there);
  }

  private SeekableByteChannel create(Path temporary) throws IOException {
    return handle()
        .newByteChannel(
            temporary,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            OwnerOnly.file(path));
  }

  /** Those who might read the file that is replaced may read the new one, and nobody else. */
  private void takePermissions(Path child, @Nullable BasicFileAttributes there, Path temporary)
      throws IOException {
    PosixFileAttributeView old = view(child, PosixFileAttributeView.class);
    PosixFileAttributeView view = view(temporary, PosixFileAttributeView.class);
    if (there != null && there.isRegularFile() && old != null && view != null) {
      view.setPermissions(old.readAttributes().permissions());
    }
  }

  private void deleteFile(Path temporary, Throwable failure) {
    try {
      handle().deleteFile(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static Path temporaryName(Path directory) {
    return directory.getFileSystem().getPath(".tcplay-" + UUID.randomUUID() + ".part");
  }

  /** Finds out whether the names of the path still lead here, as far as there are handles. */
  private void checkPlace() throws IOException {
    handle();
    for (SecureDirectory each = this; each.parent != null; each = each.parent) {
      if (each.parent.handle == null) {
        return;
      }
      BasicFileAttributes there = each.parent.attributes(each.path.getFileName());
      if (there == null || !Objects.equals(each.key, there.fileKey())) {
        throw replaced(each);
      }
    }
  }

  private static FileSystemException replaced(SecureDirectory directory) {
    return new FileSystemException(
        directory.path.toString(), null, "was meanwhile replaced by another");
  }

  /** Returns the handle; opens it by those above, name by name, if it was closed. */
  private SecureDirectoryStream<Path> handle() throws IOException {
    Deque<SecureDirectory> way = new ArrayDeque<>();
    for (SecureDirectory each = this; each != null && each.handle == null; each = each.parent) {
      way.push(each);
    }
    for (SecureDirectory each : way) {
      each.open();
    }
    return Objects.requireNonNull(handle);
  }

  private void open() throws IOException {
    SecureDirectory above = Objects.requireNonNull(parent);
    BasicFileAttributes there = above.attributes(path.getFileName());
    if (there != null && !there.isDirectory() && !there.isSymbolicLink()) {
      // The JDK would close a descriptor twice, and so perhaps one of another thread's.
      throw new NotDirectoryException(path.toString());
    }
    SecureDirectoryStream<Path> opened =
        above.handle().newDirectoryStream(path.getFileName(), LinkOption.NOFOLLOW_LINKS);
    try {
      Object found = own(opened).fileKey();
      if (key != null && !key.equals(found)) {
        throw replaced(this);
      }
      key = found;
    } catch (Throwable e) {
      opened.close();
      throw e;
    }
    handle = opened;
    shared.open.addLast(this);
    if (shared.open.size() > MOST_HANDLES) {
      shared.open.getFirst().close();
    }
  }

  private static BasicFileAttributes own(SecureDirectoryStream<Path> handle) throws IOException {
    return handle.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
  }

  private @Nullable BasicFileAttributes attributes(Path child) throws IOException {
    BasicFileAttributeView view = Objects.requireNonNull(view(child, BasicFileAttributeView.class));
    try {
      return view.readAttributes();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private <V extends BasicFileAttributeView> @Nullable V view(Path child, Class<V> type)
      throws IOException {
    return handle().getFileAttributeView(child, type, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void close() throws IOException {
    SecureDirectoryStream<Path> closed = handle;
    handle = null;
    shared.open.remove(this);
    if (closed != null) {
      closed.close();
    }
  }
}
