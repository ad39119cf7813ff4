package dev.tcplay.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the host by its handle. So that a deep tree needs few of them, a handle below the
 * top may be closed while it is not used, and is opened again by those above, name by name: if that
 * leads to another directory, it fails.
 */
final class DirectoryHandle implements Closeable {

  /** Handles below the top that are open at once; those further up are opened again when needed. */
  private static final int MOST_HANDLES = 32;

  /** The directories below one top that have a handle, the latest last. */
  private final Deque<DirectoryHandle> open;

  private final @Nullable DirectoryHandle parent;
  private final Path path;
  private @Nullable SecureDirectoryStream<Path> handle;
  private @Nullable Object key;

  private DirectoryHandle(
      Deque<DirectoryHandle> open, @Nullable DirectoryHandle parent, Path path) {
    this.open = open;
    this.parent = parent;
    this.path = path;
  }

  /**
   * Returns the top.
   *
   * @param handle which is closed with it, and not before
   */
  static DirectoryHandle top(Path path, SecureDirectoryStream<Path> handle) {
    DirectoryHandle top = new DirectoryHandle(new ArrayDeque<>(), null, path);
    top.handle = handle;
    return top;
  }

  /** Returns the handle of a directory in this one, which is opened when it is used. */
  DirectoryHandle below(Path child) {
    return new DirectoryHandle(open, this, path.resolve(child));
  }

  /** Returns the path by which the directory was found. */
  Path path() {
    return path;
  }

  /** Finds out whether the names of the path still lead here, as far as there are handles. */
  void checkPlace() throws IOException {
    stream();
    for (DirectoryHandle each = this; each.parent != null; each = each.parent) {
      if (each.parent.handle == null) {
        return;
      }
      BasicFileAttributes there = each.parent.attributes(each.path.getFileName());
      if (there == null || !Objects.equals(each.key, there.fileKey())) {
        throw each.replaced();
      }
    }
  }

  private FileSystemException replaced() {
    return new FileSystemException(path.toString(), null, "was meanwhile replaced by another");
  }

  /** Returns the open handle. */
  SecureDirectoryStream<Path> stream() throws IOException {
    Deque<DirectoryHandle> way = new ArrayDeque<>();
    for (DirectoryHandle each = this; each != null && each.handle == null; each = each.parent) {
      way.push(each);
    }
    for (DirectoryHandle each : way) {
      each.open();
    }
    return Objects.requireNonNull(handle);
  }

  private void open() throws IOException {
    DirectoryHandle above = Objects.requireNonNull(parent);
    BasicFileAttributes there = above.attributes(path.getFileName());
    if (there != null && !there.isDirectory() && !there.isSymbolicLink()) {
      // The JDK would close a descriptor twice, and so perhaps one of another thread's.
      throw new NotDirectoryException(path.toString());
    }
    SecureDirectoryStream<Path> opened =
        above.stream().newDirectoryStream(path.getFileName(), LinkOption.NOFOLLOW_LINKS);
    try {
      Object found = own(opened).fileKey();
      if (key != null && !key.equals(found)) {
        throw replaced();
      }
      key = found;
    } catch (Throwable e) {
      opened.close();
      throw e;
    }
    handle = opened;
    open.addLast(this);
    if (open.size() > MOST_HANDLES) {
      open.getFirst().close();
    }
  }

  /** Returns the attributes of the directory of a handle. */
  static BasicFileAttributes own(SecureDirectoryStream<Path> handle) throws IOException {
    return handle.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
  }

  /** Returns the attributes of what is in this directory, null if it is missing. */
  @Nullable BasicFileAttributes attributes(Path child) throws IOException {
    BasicFileAttributeView view = Objects.requireNonNull(view(child, BasicFileAttributeView.class));
    try {
      return view.readAttributes();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Returns a view of what is in this directory, null if the host has no such views. */
  <V extends BasicFileAttributeView> @Nullable V view(Path child, Class<V> type)
      throws IOException {
    return stream().getFileAttributeView(child, type, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void close() throws IOException {
    SecureDirectoryStream<Path> closed = handle;
    handle = null;
    open.remove(this);
    if (closed != null) {
      closed.close();
    }
  }
}
