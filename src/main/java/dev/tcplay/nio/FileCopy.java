package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.WRITE;

import dev.tcplay.fs.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Copies files, and directories without their entries, in one volume or to another. */
final class FileCopy {

  private static final int CHUNK = 1 << 18;

  private FileCopy() {}

  /**
   * Copies a file. What is to be replaced is deleted before; a copy that fails leaves nothing.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the target exists and is not to be replaced
   * @throws java.nio.file.DirectoryNotEmptyException if it is to be replaced and has entries
   * @throws java.nio.file.ReadOnlyFileSystemException if the target's volume is read-only
   */
  static void copy(TcplayPath source, TcplayPath target, CopyOptions options) throws IOException {
    target.getFileSystem().access().change(target, null, volume -> {});
    try (Subject subject = Subject.open(source)) {
      if (subject.clear(target, options.replace())) {
        make(subject, target, options.copyAttributes());
      }
    }
  }

  /** Copies to a target that is not there, and returns the copy. */
  static Node make(Subject subject, TcplayPath target, boolean attributes) throws IOException {
    Node copy = NewNodes.make(target, subject.isDirectory(), Optional.empty());
    try {
      if (!subject.isDirectory()) {
        copyContents(subject, target, copy);
      }
      if (attributes) {
        NewNodes.change(target, copy, subject.everything());
      }
    } catch (Throwable e) {
      NewNodes.remove(target, copy, e);
      throw e;
    }
    return copy;
  }

  private static void copyContents(Subject subject, TcplayPath target, Node copy)
      throws IOException {
    try (NodeChannel out = Subject.open(target, copy, WRITE)) {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      while (subject.contents().read(chunk.clear()) > 0) {
        out.write(chunk.flip());
      }
    }
  }
}
