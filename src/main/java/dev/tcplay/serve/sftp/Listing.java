package dev.tcplay.serve.sftp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory that a client reads: itself under two names, then its entries. */
final class Listing implements Closeable {

  /** A name in a directory, and what has it. */
  record Entry(String name, Path path, Path directory) {}

  private final Path directory;
  private final DirectoryStream<Path> stream;
  private final Iterator<Path> paths;
  private final Iterator<String> dots = List.of(".", "..").iterator();

  private Listing(Path directory, DirectoryStream<Path> stream) {
    this.directory = directory;
    this.stream = stream;
    this.paths = stream.iterator();
  }

  static Listing open(Path directory) throws IOException {
    return new Listing(
        directory,
        directory.getFileSystem().provider().newDirectoryStream(directory, entry -> true));
  }

  Entry itself() {
    return new Entry(".", directory, directory);
  }

  /** Returns the next entry, or null at the end. */
  @Nullable Entry next() throws IOException {
    if (dots.hasNext()) {
      return new Entry(dots.next(), directory, directory);
    }
    try {
      if (!paths.hasNext()) {
        return null;
      }
      Path path = paths.next();
      return new Entry(name(path), path, directory);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** A zip file system ends the names of directories with its separator. */
  private static String name(Path path) {
    String name = String.valueOf(path.getFileName());
    String separator = path.getFileSystem().getSeparator();
    return name.endsWith(separator) ? name.substring(0, name.length() - separator.length()) : name;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
