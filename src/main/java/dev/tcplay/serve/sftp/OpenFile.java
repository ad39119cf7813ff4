package dev.tcplay.serve.sftp;

import dev.tcplay.serve.FileContents;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file that a client has open. Used by one thread at a time. */
final class OpenFile implements Closeable {

  /** Held from when the end of a file is looked for until it was written to. */
  private static final Object APPENDING = new Object();

  private final Path path;
  private final FileContents contents;
  private final boolean readable;
  private final boolean writable;
  private final boolean appends;
  private final @Nullable Object key;

  private OpenFile(
      Path path,
      FileContents contents,
      Set<? extends OpenOption> options,
      boolean appends,
      @Nullable Object key) {
    this.path = path;
    this.contents = contents;
    this.readable = options.contains(StandardOpenOption.READ);
    this.writable = options.contains(StandardOpenOption.WRITE);
    this.appends = appends;
    this.key = key;
  }

  /**
   * Opens a file.
   *
   * @param appends whether each write goes to the end
   */
  static OpenFile open(
      Path path, Set<? extends OpenOption> options, boolean appends, FileAttribute<?>... attributes)
      throws IOException {
    FileContents contents = FileContents.open(path, options, attributes);
    try {
      return new OpenFile(path, contents, options, appends, key(path));
    } catch (IOException | RuntimeException e) {
      contents.close();
      throw e;
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Returns whether the file is still where it was opened, as far as the file system tells. */
  boolean isAtItsPath() throws IOException {
    return Objects.equals(key, key(path));
  }

  Path path() {
    return path;
  }

  long size() throws IOException {
    return contents.size();
  }

  /**
   * Reads as many bytes as there are.
   *
   * @return how many, or -1 at the end of the file and behind it
   */
  int read(ByteBuffer into, long offset) throws IOException {
    if (!readable) {
      throw new AccessDeniedException("", null, "not open for reading");
    }
    boolean wanted = into.hasRemaining();
    int count = contents.read(into, offset);
    return wanted && count == 0 ? -1 : count;
  }

  void write(ByteBuffer from, long offset) throws IOException {
    checkWritable();
    if (appends) {
      synchronized (APPENDING) {
        contents.append(from);
      }
    } else {
      contents.write(from, offset);
    }
  }

  /** Cuts the file, or lengthens it with zeros. */
  void resize(long size) throws IOException {
    checkWritable();
    contents.resize(size);
  }

  private void checkWritable() throws AccessDeniedException {
    if (!writable) {
      throw new AccessDeniedException("", null, "not open for writing");
    }
  }

  /** Returns when what was written is on the disk. */
  void force() throws IOException {
    if (!contents.force(true)) {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public void close() throws IOException {
    contents.close();
  }
}
