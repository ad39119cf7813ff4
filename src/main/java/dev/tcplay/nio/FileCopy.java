package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.WRITE;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Copies files, links, and directories without their entries, in one volume or to another. Streams
 * count as attributes, and stay behind where the target's volume has none.
 */
final class FileCopy {

  private static final int CHUNK = 1 << 18;

  private FileCopy() {}

  /**
   * Copies a file. Links at the end of the target are not followed. What is to be replaced is
   * deleted before; a copy that fails leaves nothing.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the target exists and is not to be replaced
   * @throws java.nio.file.DirectoryNotEmptyException if it is to be replaced and has entries
   * @throws UnsupportedOperationException if a link is to be copied to a volume without links
   * @throws java.nio.file.ReadOnlyFileSystemException if the target's volume is read-only
   */
  static void copy(TcplayPath source, TcplayPath target, CopyOptions options) throws IOException {
    target.getFileSystem().access().change(target, null, volume -> {});
    try (CopySource original = CopySource.open(source, options.follow())) {
      original.checkKind(target);
      if (original.clear(target, options.replace())) {
        make(original, target, options.copyAttributes());
      }
    }
  }

  /** Copies to a target that is not there, and returns the copy. */
  static Node make(CopySource original, TcplayPath target, boolean attributes) throws IOException {
    if (original.type() == NodeType.SYMLINK) {
      return Links.makeSymbolic(target, original.held());
    }
    Node copy = NewNodes.make(target, original.type(), false, AttributeChange.NONE);
    try {
      if (original.type() == NodeType.FILE) {
        try (NodeChannel out = CopySource.open(target, copy, WRITE)) {
          transfer(original.contents(), out);
        }
      }
      if (attributes) {
        copyStreams(original, target, copy);
        NewNodes.change(target, copy, original.everything());
      }
    } catch (Throwable e) {
      NewNodes.remove(target, copy, e);
      throw e;
    }
    return copy;
  }

  private static void copyStreams(CopySource original, TcplayPath target, Node copy)
      throws IOException {
    for (String name : original.streams(target)) {
      try (NodeChannel in = original.stream(name);
          NodeChannel out = CopySource.newStream(target, copy, name)) {
        transfer(in, out);
      }
    }
  }

  private static void transfer(NodeChannel in, NodeChannel out) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    while (in.read(chunk.clear()) > 0) {
      out.write(chunk.flip());
    }
  }
}
