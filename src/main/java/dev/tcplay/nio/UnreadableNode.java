package dev.tcplay.nio;

import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** The contents of a directory, or of what has none, that was opened as a file. */
final class UnreadableNode implements OpenNode {

  private final TcplayPath path;
  private final String reason;
  private final Forcing forcing;

  /** Brings what was changed to the storage. */
  interface Forcing {
    void force() throws IOException;
  }

  /** Makes the contents, which cannot be read for the given reason. */
  UnreadableNode(TcplayPath path, String reason, Forcing forcing) {
    this.path = path;
    this.reason = reason;
    this.forcing = forcing;
  }

  @Override
  public long size() {
    return 0;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    throw new FileSystemException(path.toString(), null, reason);
  }

  @Override
  public void force() throws IOException {
    forcing.force();
  }

  @Override
  public void close() {}
}
