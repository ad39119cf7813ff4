package dev.tcplay.nio;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.Node;
import java.io.IOException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a directory. Once it is closed, itself or with its file system, the iterator is at
 * its end, after the entry that it may have read ahead.
 */
final class NodeDirectoryStream implements DirectoryStream<Path> {

  private final TcplayPath directory;
  private final Filter<? super Path> filter;
  private final AtomicBoolean iterated = new AtomicBoolean();
  private volatile boolean closed;
  private final DirectoryCursor cursor;
  private @Nullable String impossibleName;

  private NodeDirectoryStream(
      TcplayPath directory, DirectoryCursor cursor, Filter<? super Path> filter) {
    this.directory = directory;
    this.cursor = cursor;
    this.filter = filter;
  }

  static NodeDirectoryStream open(TcplayPath directory, Filter<? super Path> filter)
      throws IOException {
    VolumeAccess access = directory.getFileSystem().access();
    return access.find(
        directory,
        volume -> {
          Node node = NodeFinder.find(volume, directory, true);
          if (!node.isDirectory()) {
            throw new NotDirectoryException(directory.toString());
          }
          NodeDirectoryStream stream =
              new NodeDirectoryStream(directory, volume.list(node), filter);
          access.opened(stream);
          return stream;
        });
  }

  @Override
  public Iterator<Path> iterator() {
    if (closed) {
      throw directory.getFileSystem().isOpen()
          ? new IllegalStateException("the directory stream is closed")
          : new ClosedDirectoryStreamException();
    }
    if (!iterated.compareAndSet(false, true)) {
      throw new IllegalStateException("the directory stream has given its iterator");
    }
    return new Entries();
  }

  @Override
  public void close() {
    closed = true;
    directory.getFileSystem().access().closed(this);
  }

  /** Reads on to the next entry that passes the filter, empty at the end. */
  private synchronized Optional<Path> read() throws IOException {
    while (!closed) {
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
      Path path = directory.child(name);
      if (filter.accept(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  private Optional<DirectoryCursor.Entry> nextEntry() throws IOException {
    VolumeAccess access = directory.getFileSystem().access();
    try {
      return access.call(
          directory,
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
      closed = true;
      throw e;
    }
  }

  /** A name that no path can hold is damage; the other entries have been given by then. */
  private void reportImpossibleName() throws IOException {
    if (impossibleName != null) {
      String name = impossibleName;
      impossibleName = null;
      throw new CorruptFileSystemException(
          directory.toString(), "an entry has the name \"" + name + "\", which no path can hold");
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
