package dev.tcplay.nio;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenDirectory;
import java.io.IOException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a directory. Once it is closed, itself or with its file system, the iterator is at
 * its end, after the entry that it may have read ahead.
 */
final class NodeDirectoryStream extends DirectoryOperations {

  private final Filter<? super Path> filter;
  private final AtomicBoolean iterated = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final DirectoryCursor cursor;

  /** Whether the directory could not be read further. */
  private volatile boolean ended;

  private @Nullable String impossibleName;

  private NodeDirectoryStream(
      TcplayPath directory,
      HeldDirectory held,
      DirectoryCursor cursor,
      Filter<? super Path> filter) {
    super(directory, held);
    this.cursor = cursor;
    this.filter = filter;
  }

  static NodeDirectoryStream open(TcplayPath directory, Filter<? super Path> filter)
      throws IOException {
    return open(directory, directory, true, filter);
  }

  /**
   * Opens a directory.
   *
   * @param path leads to it
   * @param directory how it is called in the paths of its entries
   * @param follow whether a link at the end of the path is followed
   */
  static NodeDirectoryStream open(
      TcplayPath path, TcplayPath directory, boolean follow, Filter<? super Path> filter)
      throws IOException {
    VolumeAccess access = path.getFileSystem().access();
    return access.find(
        path,
        volume -> {
          List<Node> way = way(volume, path, follow);
          Node node = way.isEmpty() ? volume.root() : way.get(way.size() - 1);
          check(path, node, follow);
          OpenDirectory opened =
              Objects.requireNonNull(volume.openDirectory(node), "open directory");
          HeldDirectory held =
              new HeldDirectory(opened, way.subList(0, Math.max(way.size() - 1, 0)));
          try {
            DirectoryCursor cursor = volume.list(node);
            NodeDirectoryStream stream = new NodeDirectoryStream(directory, held, cursor, filter);
            access.resources().add(stream);
            return stream;
          } catch (Throwable e) {
            try (held) {
              throw e;
            }
          }
        });
  }

  /** Below a file there is no directory, as the default file system says it here. */
  private static List<Node> way(MountedVolume volume, TcplayPath path, boolean follow)
      throws IOException {
    try {
      return NodeFinder.findWay(volume, path, follow);
    } catch (BelowFileException e) {
      throw new NotDirectoryException(path.toString());
    }
  }

  private static void check(TcplayPath path, Node node, boolean follow) throws FileSystemException {
    if (!follow && node.type() == NodeType.SYMLINK) {
      throw new FileSystemException(
          path.toString(), null, "is a symbolic link, which is not followed");
    }
    if (!node.isDirectory()) {
      throw new NotDirectoryException(path.toString());
    }
  }

  @Override
  public Iterator<Path> iterator() {
    if (closed.get()) {
      throw directory().getFileSystem().isOpen()
          ? new IllegalStateException("the directory stream is closed")
          : new ClosedDirectoryStreamException();
    }
    if (!iterated.compareAndSet(false, true)) {
      throw new IllegalStateException("the directory stream has given its iterator");
    }
    return new Entries();
  }

  @Override
  public void close() throws IOException {
    if (!closed.getAndSet(true)) {
      directory().getFileSystem().access().resources().remove(this);
      held().close();
    }
  }

  /** Reads on to the next entry that passes the filter, empty at the end. */
  private synchronized Optional<Path> read() throws IOException {
    while (!closed.get() && !ended) {
      Optional<DirectoryCursor.Entry> entry = nextEntry();
      if (entry.isEmpty()) {
        reportImpossibleName();
        break;
      }
      String name = entry.get().name();
      if (!TcplayPath.isName(name)) {
        impossibleName = name;
        continue;
      }
      Path path = directory().child(name);
      if (filter.accept(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  private Optional<DirectoryCursor.Entry> nextEntry() throws IOException {
    VolumeAccess access = directory().getFileSystem().access();
    try {
      return access.call(
          directory(),
          volume -> {
            DirectoryCursor.Entry entry = cursor.next();
            if (entry != null) {
              Objects.requireNonNull(entry.name(), "the name of an entry");
            }
            return Optional.ofNullable(entry);
          });
    } catch (ClosedFileSystemException e) {
      return Optional.empty();
    } catch (IOException e) {
      ended = true;
      throw e;
    }
  }

  /** A name that no path can hold is damage; the other entries have been given by then. */
  private void reportImpossibleName() throws IOException {
    if (impossibleName != null) {
      String name = impossibleName;
      impossibleName = null;
      throw new CorruptFileSystemException(
          directory().toString(), "an entry has the name \"" + name + "\", which no path can hold");
    }
  }

  private final class Entries implements Iterator<Path> {

    private Optional<Path> ahead = Optional.empty();

    @Override
    public boolean hasNext() {
      if (ahead.isEmpty()) {
        try {
          ahead = read();
        } catch (IOException e) {
          throw new DirectoryIteratorException(e);
        }
      }
      return ahead.isPresent();
    }

    @Override
    public Path next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Path next = ahead.orElseThrow();
      ahead = Optional.empty();
      return next;
    }
  }
}
