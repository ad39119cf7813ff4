package dev.tcplay.nio.root;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a directory by the name that it was asked by, with the mount point if it is one.
 */
final class RootDirectoryStream implements DirectoryStream<Path> {

  private final RootPath directory;
  private final DirectoryStream<Path> entries;
  private final Filter<? super Path> filter;

  /** The name of the mount point, null elsewhere, and once the host has named the same. */
  private @Nullable Path mountPoint;

  RootDirectoryStream(
      RootPath directory,
      DirectoryStream<Path> entries,
      Filter<? super Path> filter,
      @Nullable Path mountPoint) {
    this.directory = directory;
    this.entries = entries;
    this.filter = filter;
    this.mountPoint = mountPoint;
  }

  @Override
  public Iterator<Path> iterator() {
    Iterator<Path> found = entries.iterator();
    return new Iterator<>() {

      private @Nullable Path ahead;

      @Override
      public boolean hasNext() {
        if (ahead == null) {
          ahead = read(found);
        }
        return ahead != null;
      }

      @Override
      public Path next() {
        Path next = hasNext() ? ahead : null;
        ahead = null;
        if (next == null) {
          throw new NoSuchElementException("no more entries in " + directory);
        }
        return next;
      }
    };
  }

  /** Reads on to the next entry that passes the filter, null at the end. */
  private synchronized @Nullable Path read(Iterator<Path> found) {
    try {
      while (found.hasNext()) {
        Path name = found.next().getFileName();
        if (name.toString().equals(String.valueOf(mountPoint))) {
          mountPoint = null;
        }
        Path entry = resolve(name.toString());
        if (filter.accept(entry)) {
          return entry;
        }
      }
      Path last = mountPoint;
      mountPoint = null;
      Path entry = last == null ? null : resolve(last.toString());
      return entry != null && filter.accept(entry) ? entry : null;
    } catch (IOException e) {
      throw new DirectoryIteratorException(e);
    }
  }

  private Path resolve(String name) throws IOException {
    try {
      return directory.resolve(name);
    } catch (InvalidPathException e) {
      throw InsideNames.unknownOutside(directory.toString(), e);
    }
  }

  @Override
  public void close() throws IOException {
    entries.close();
  }
}
