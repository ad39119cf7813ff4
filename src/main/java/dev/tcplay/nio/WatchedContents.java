package dev.tcplay.nio;

import dev.tcplay.fs.NodePlace;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Contents whose changes are told of at once, those of a write that fails halfway too.
 *
 * @param contents what is open
 * @param where where the file is that it belongs to
 */
record WatchedContents(OpenNode contents, Watches watches, Supplier<NodePlace> where)
    implements OpenNode {

  private void changed() {
    if (!watches.isIdle()) {
      watches.changed(place());
    }
  }

  /** Who is told of a change must not make it fail. */
  @Override
  public NodePlace place() {
    try {
      return where.get();
    } catch (RuntimeException e) {
      return NodePlace.UNKNOWN;
    }
  }

  @Override
  public long size() throws IOException {
    return contents.size();
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    return contents.read(position, target, offset, length);
  }

  @Override
  public long largestSize() {
    return contents.largestSize();
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    try {
      contents.write(position, source, offset, length);
    } finally {
      changed();
    }
  }

  @Override
  public long append(byte[] source, int offset, int length) throws IOException {
    try {
      return contents.append(source, offset, length);
    } finally {
      changed();
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    boolean isCut = size < contents.size();
    contents.truncate(size);
    if (isCut) {
      changed();
    }
  }

  @Override
  public void force() throws IOException {
    contents.force();
  }

  @Override
  public void close() throws IOException {
    contents.close();
  }
}
