package dev.tcplay.serve.fuse.tree;

import dev.tcplay.serve.FileContents;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file as one program has opened it. */
final class OpenFile {

  private final FileContents contents;
  private final boolean append;
  private final boolean shared;
  private final long inode;

  /**
   * Makes one.
   *
   * @param append whether all that is written goes behind the end
   * @param shared whether the contents are closed by somebody else
   * @param inode the file's number
   */
  OpenFile(FileContents contents, boolean append, boolean shared, long inode) {
    this.contents = contents;
    this.append = append;
    this.shared = shared;
    this.inode = inode;
  }

  long inode() {
    return inode;
  }

  FileContents contents() {
    return contents;
  }

  int write(ByteBuffer from, long position) throws IOException {
    return append ? contents.append(from) : contents.write(from, position);
  }

  void close() throws IOException {
    if (!shared) {
      contents.close();
    }
  }
}
