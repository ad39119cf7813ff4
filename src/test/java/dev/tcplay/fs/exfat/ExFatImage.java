package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.UpcaseTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * An empty volume on a disk full of noise, laid out as small as it can be: bitmap, up-case table
 * and root directory in their order, each in one piece.
 */
final class ExFatImage {

  private static final int SECTOR_SHIFT = 9;
  private static final int FAT_OFFSET = 24;

  private final BlockDevice disk;
  private final BootSector boot;
  private final Geometry geometry;
  private long nextCluster = 2;

  private ExFatImage(BlockDevice disk, BootSector boot) {
    this.disk = disk;
    this.boot = boot;
    this.geometry = Geometry.of(boot);
  }

  /**
   * Makes a volume.
   *
   * @param bytes its size, at least 1 MiB
   * @param clusterShift the exponent of sectors of 512 bytes in a cluster
   */
  static BlockDevice make(int bytes, int clusterShift) throws IOException {
    MemoryDevice disk = new MemoryDevice(bytes);
    byte[] noise = new byte[1 << 20];
    new Random(bytes).nextBytes(noise);
    for (int at = 0; at < bytes; at += noise.length) {
      disk.write(at, noise, 0, Math.min(noise.length, bytes - at));
    }
    make(disk, clusterShift);
    return disk;
  }

  /** Makes a volume on a disk, of which what is not needed stays as it is. */
  static void make(BlockDevice disk, int clusterShift) throws IOException {
    long sectors = disk.size() >> SECTOR_SHIFT;
    long fatLength = (((sectors >> clusterShift) * Integer.BYTES) >> SECTOR_SHIFT) + 1;
    long heap = FAT_OFFSET + fatLength;
    long clusters = (sectors - heap) >> clusterShift;
    int clusterSize = 512 << clusterShift;
    long bitmapClusters = (clusters / 8 + clusterSize) / clusterSize;
    byte[] upcase = UpcaseFile.encode(UpcaseTable.standard());
    long upcaseClusters = (upcase.length + clusterSize - 1L) / clusterSize;
    BootSector boot =
        new BootSector(
            0,
            sectors,
            FAT_OFFSET,
            fatLength,
            heap,
            clusters,
            2 + bitmapClusters + upcaseClusters,
            0x1234ABCD,
            BootSector.REVISION,
            0,
            SECTOR_SHIFT,
            clusterShift,
            1,
            0x80,
            0xFF);
    new ExFatImage(disk, boot).write(bitmapClusters, upcaseClusters, upcase);
  }

  private void write(long bitmapClusters, long upcaseClusters, byte[] upcase) throws IOException {
    byte[] region = BootRegion.encode(boot);
    disk.write(0, region, 0, region.length);
    disk.write(region.length, region, 0, region.length);
    byte[] start = {-8, -1, -1, -1, -1, -1, -1, -1};
    disk.write(geometry.fatPosition(), start, 0, start.length);
    long bitmap = file(bitmapClusters);
    long table = file(upcaseClusters);
    disk.write(geometry.position(table), upcase, 0, upcase.length);
    long root = file(1);
    byte[] bits = new byte[(int) geometry.bitmapBytes()];
    for (int cluster = 2; cluster < nextCluster; cluster++) {
      bits[(cluster - 2) / 8] |= (byte) (1 << (cluster - 2) % 8);
    }
    disk.write(geometry.position(bitmap), bits, 0, bits.length);
    ByteBuffer entries = ByteBuffer.allocate(geometry.clusterSize()).order(ByteOrder.LITTLE_ENDIAN);
    entries.put(0, (byte) EntryType.BITMAP).putInt(20, (int) bitmap).putLong(24, bits.length);
    entries
        .put(32, (byte) EntryType.UPCASE)
        .putInt(36, UpcaseFile.checksum(upcase))
        .putInt(52, (int) table)
        .putLong(56, upcase.length);
    disk.write(geometry.position(root), entries.array(), 0, entries.capacity());
  }

  /** Links clusters that follow each other, and returns the first. */
  private long file(long clusters) throws IOException {
    long first = nextCluster;
    nextCluster += clusters;
    for (long cluster = first; cluster < nextCluster; cluster++) {
      int next = cluster + 1 < nextCluster ? (int) cluster + 1 : -1;
      byte[] link = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(next).array();
      disk.write(geometry.fatPosition() + cluster * 4, link, 0, 4);
    }
    return first;
  }
}
