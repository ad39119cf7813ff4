package dev.tcplay.fs.raw;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.NodePlace;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.util.Objects;

/** The file that is a volume. It cannot become longer or shorter. */
record RawFile(BlockDevice device, boolean readOnly) implements OpenNode {

  static final NodePlace PLACE = new NodePlace(RawVolume.ROOT_ID, RawVolume.FILE_NAME);

  @Override
  public NodePlace place() {
    return PLACE;
  }

  @Override
  public long size() {
    return device.size();
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    checkPosition(position);
    if (length == 0) {
      return 0;
    }
    if (position >= device.size()) {
      return -1;
    }
    int count = (int) Math.min(length, device.size() - position);
    device.read(position, target, offset, count);
    return count;
  }

  @Override
  public long largestSize() {
    return device.size();
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    checkWritable();
    checkPosition(position);
    if (length > 0) {
      device.write(position, source, offset, length);
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    checkWritable();
    checkPosition(size);
    if (size < device.size()) {
      throw new FileSystemException(
          RawVolume.FILE_NAME,
          null,
          "cannot be cut off: the volume has a fixed size of " + device.size() + " bytes");
    }
  }

  @Override
  public void force() throws IOException {
    device.flush();
  }

  @Override
  public void close() {
    // The device belongs to the volume.
  }

  private void checkWritable() {
    if (readOnly) {
      throw new NonWritableChannelException();
    }
  }

  private static void checkPosition(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
  }
}
