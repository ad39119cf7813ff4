package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.tree.AllocationEdit;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  /** Sectors of the bitmap that wait to be written, by the byte with which they begin. */
  private final Map<Long, byte[]> sectors = new TreeMap<>();

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

  /** Changes the bits of clusters, in any order. */
  void change(List<Extent> extents) throws IOException {
    for (Extent extent : extents) {
      long end = extent.end() - Geometry.FIRST_CLUSTER;
      for (long bit = extent.cluster() - Geometry.FIRST_CLUSTER; bit < end; ) {
        long start = bit / Byte.SIZE / DirectorySlots.SECTOR * DirectorySlots.SECTOR;
        bit = change(sector(start), start * Byte.SIZE, bit, end);
      }
    }
  }

  /** Changes the bits of a range that lie in a sector, and returns the first that does not. */
  private long change(byte[] sector, long firstBit, long from, long to) {
    long end = Math.min(to, firstBit + (long) sector.length * Byte.SIZE);
    long bit = from;
    while (bit < end) {
      int index = (int) ((bit - firstBit) / Byte.SIZE);
      if (bit % Byte.SIZE == 0 && end - bit >= Byte.SIZE) {
        sector[index] = (byte) (used ? -1 : 0);
        bit += Byte.SIZE;
      } else {
        int mask = 1 << bit % Byte.SIZE;
        sector[index] = (byte) (used ? sector[index] | mask : sector[index] & ~mask);
        bit++;
      }
    }
    return end;
  }

  /** Returns a sector as it will be: what was changed before is not on the device yet. */
  private byte[] sector(long start) throws IOException {
    byte[] sector = sectors.get(start);
    if (sector == null) {
      sector = new byte[(int) Math.min(DirectorySlots.SECTOR, bitmap.bytes() - start)];
      device.read(bitmap.run(start, sector.length).position(), sector, 0, sector.length);
      sectors.put(start, sector);
    }
    return sector;
  }

  /** Puts what was changed into the batch. */
  @Override
  public void finish() throws IOException {
    for (Map.Entry<Long, byte[]> entry : sectors.entrySet()) {
      byte[] sector = entry.getValue();
      long position = bitmap.run(entry.getKey(), sector.length).position();
      batch.write(group, position, sector, 0, sector.length);
    }
    sectors.clear();
  }
}
