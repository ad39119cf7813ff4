package dev.tcplay.nio.root;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The entries of a directory of the container, whose failures name files by the one tree.
 *
 * @param names gives a failure the names of the one tree
 */
record InsideEntries(DirectoryStream<Path> entries, UnaryOperator<FileSystemException> names)
    implements DirectoryStream<Path> {

  @Override
  public Iterator<Path> iterator() {
    Iterator<Path> found = entries.iterator();
    return new Iterator<>() {

      @Override
      public boolean hasNext() {
        return named(found::hasNext);
      }

      @Override
      public Path next() {
        return named(found::next);
      }
    };
  }

  private <T> T named(Supplier<T> work) {
    try {
      return work.get();
    } catch (DirectoryIteratorException e) {
      throw e.getCause() instanceof FileSystemException failure
          ? new DirectoryIteratorException(names.apply(failure))
          : e;
    }
  }

  @Override
  public void close() throws IOException {
    entries.close();
  }
}
