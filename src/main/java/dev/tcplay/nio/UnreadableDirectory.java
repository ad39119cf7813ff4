package dev.tcplay.nio;

import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** The contents of a directory that was opened as a file. */
final class UnreadableDirectory implements OpenNode {

  private final TcplayPath path;

  UnreadableDirectory(TcplayPath path) {
    this.path = path;
  }

  @Override
  public long size() {
    return 0;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    throw new FileSystemException(path.toString(), null, "Is a directory");
  }

  @Override
  public void close() {}
}
