package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.tree.AllocationEdit;
import java.io.IOException;
import java.util.List;

/**
 * An edit of the allocation bitmap as a part of a change. Whoever edits is alone, from the first
 * byte that is read until the batch is handed over. For one thread.
 */
final class BitmapEdit implements AllocationEdit {

  private final BlockDevice device;
  private final AllocationBitmap bitmap;
  private final WriteBatch batch;
  private final Group group;
  private final boolean used;

  /** A sector of the bitmap that waits to be written: from which byte of it on, and how many. */
  private final byte[] window = new byte[DirectorySlots.SECTOR];

  private long start;
  private int length;

  /**
   * Begins an edit.
   *
   * @param used whether clusters become used, else free
   */
  BitmapEdit(
      BlockDevice device, AllocationBitmap bitmap, WriteBatch batch, Group group, boolean used) {
    this.device = device;
    this.bitmap = bitmap;
    this.batch = batch;
    this.group = group;
    this.used = used;
  }

  /** Changes the bits of clusters. */
  void change(List<Extent> extents) throws IOException {
    for (Extent extent : extents) {
      long end = extent.end() - Geometry.FIRST_CLUSTER;
      for (long bit = extent.cluster() - Geometry.FIRST_CLUSTER; bit < end; ) {
        load(bit / Byte.SIZE);
        bit = change(bit, end);
      }
    }
  }

  /** Changes the bits of a range that lie in the window, and returns the first that does not. */
  private long change(long from, long to) {
    long end = Math.min(to, (start + length) * Byte.SIZE);
    long bit = from;
    while (bit < end) {
      int index = (int) (bit / Byte.SIZE - start);
      if (bit % Byte.SIZE == 0 && end - bit >= Byte.SIZE) {
        window[index] = (byte) (used ? -1 : 0);
        bit += Byte.SIZE;
      } else {
        int mask = 1 << bit % Byte.SIZE;
        window[index] = (byte) (used ? (window[index] | mask) : (window[index] & ~mask));
        bit++;
      }
    }
    return end;
  }

  private void load(long offset) throws IOException {
    if (offset < start || offset >= start + length) {
      finish();
      long sector = offset / DirectorySlots.SECTOR * DirectorySlots.SECTOR;
      int rest = (int) Math.min(window.length, bitmap.bytes() - sector);
      device.read(bitmap.run(sector, rest).position(), window, 0, rest);
      start = sector;
      length = rest;
    }
  }

  /** Puts what was changed into the batch. */
  @Override
  public void finish() throws IOException {
    if (length > 0) {
      batch.write(group, bitmap.run(start, length).position(), window, 0, length);
      length = 0;
    }
  }
}
