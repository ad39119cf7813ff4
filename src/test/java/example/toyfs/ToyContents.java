package example.toyfs;

import dev.tcplay.fs.NodePlace;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.util.Arrays;

/** The contents of a file or stream; the inode stays as long as somebody has it open. */
record ToyContents(ToyVolume volume, Inode inode, ToyNode opened) implements OpenNode {

  private static final int LARGEST = 1 << 26;

  @Override
  public NodePlace place() {
    return volume.placeNow(opened);
  }

  @Override
  public long size() {
    synchronized (volume) {
      return inode.contents.length;
    }
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) {
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
    synchronized (volume) {
      long left = inode.contents.length - position;
      if (length > 0 && left <= 0) {
        return -1;
      }
      int n = (int) Math.min(length, left);
      if (n > 0) {
        System.arraycopy(inode.contents, (int) position, target, offset, n);
      }
      return Math.max(n, 0);
    }
  }

  @Override
  public long largestSize() {
    return LARGEST;
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    synchronized (volume) {
      requireWritable();
      if (position < 0) {
        throw new IllegalArgumentException("position " + position);
      }
      if (length > 0) {
        if (position > LARGEST - length) {
          throw new FileSystemException(null, null, "a file has at most " + LARGEST + " bytes");
        }
        int end = (int) position + length;
        if (end > inode.contents.length) {
          inode.contents = Arrays.copyOf(inode.contents, end);
        }
        System.arraycopy(source, offset, inode.contents, (int) position, length);
        inode.modified();
      }
    }
  }

  @Override
  public long append(byte[] source, int offset, int length) throws IOException {
    synchronized (volume) {
      long end = inode.contents.length;
      write(end, source, offset, length);
      return end;
    }
  }

  @Override
  public void truncate(long size) {
    synchronized (volume) {
      requireWritable();
      if (size < inode.contents.length) {
        inode.contents = Arrays.copyOf(inode.contents, (int) size);
        inode.modified();
      }
    }
  }

  private void requireWritable() {
    if (volume.isReadOnly()) {
      throw new NonWritableChannelException();
    }
  }

  @Override
  public void close() {}
}
