package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.UpcaseTable;
import dev.tcplay.fs.cluster.EmptyVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes the structures of an empty volume. Used once. */
final class ExFatFormatter {

  private final BlockDevice device;
  private final ExFatLayout layout;
  private final Geometry geometry;
  private final byte[] label;
  private final byte[] upcase = UpcaseFile.encode(UpcaseTable.standard());

  /**
   * Prepares the making of a volume.
   *
   * @param label the entry of the label, which may be empty
   */
  ExFatFormatter(BlockDevice device, ExFatLayout layout, byte[] label) {
    this.device = device;
    this.layout = layout;
    this.geometry = Geometry.of(layout.boot());
    this.label = label;
  }

  /** Writes everything, what tells the old file system first and the boot sectors last. */
  void format() throws IOException {
    long bytes = geometry.position(geometry.rootCluster()) + geometry.clusterSize();
    EmptyVolume.make(device, bytes, this::writeStructures);
  }

  private void writeStructures() throws IOException {
    write(geometry.fatPosition(), tableStart());
    write(geometry.position(Geometry.FIRST_CLUSTER), bitmapStart());
    write(geometry.position(layout.upcaseCluster()), upcase);
    write(geometry.position(geometry.rootCluster()), root());
    byte[] region = BootRegion.encode(layout.boot());
    int sectorSize = geometry.sectorSize();
    device.write(sectorSize, region, sectorSize, region.length - sectorSize);
    device.write(region.length + sectorSize, region, sectorSize, region.length - sectorSize);
    device.flush();
    device.write(region.length, region, 0, sectorSize);
    device.write(0, region, 0, sectorSize);
    device.flush();
  }

  /** Two entries that are no cluster's, and a chain each of bitmap, up-case table and root. */
  private byte[] tableStart() {
    int end = (int) geometry.rootCluster() + 1;
    ByteBuffer table = ByteBuffer.allocate(end * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    table.putInt(FatLinks.MEDIA).putInt(FatLinks.END_OF_CHAIN);
    for (int next = Geometry.FIRST_CLUSTER + 1; next <= end; next++) {
      boolean begins =
          next == layout.upcaseCluster() || next == geometry.rootCluster() || next == end;
      table.putInt(begins ? FatLinks.END_OF_CHAIN : next);
    }
    return table.array();
  }

  private byte[] bitmapStart() {
    int used = (int) geometry.rootCluster() + 1 - Geometry.FIRST_CLUSTER;
    byte[] bits = new byte[(used + Byte.SIZE - 1) / Byte.SIZE];
    Arrays.fill(bits, (byte) -1);
    bits[bits.length - 1] = (byte) (0xFF >>> (Byte.SIZE * bits.length - used));
    return bits;
  }

  private byte[] root() {
    ByteBuffer root = ByteBuffer.allocate(3 * EntrySet.ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    root.put(label).put((byte) EntryType.BITMAP);
    putPlace(root, Geometry.FIRST_CLUSTER, geometry.bitmapBytes());
    root.put((byte) EntryType.UPCASE);
    root.putInt(2 * EntrySet.ENTRY_BYTES + 4, UpcaseFile.checksum(upcase));
    putPlace(root, layout.upcaseCluster(), upcase.length);
    return root.array();
  }

  /** Puts first cluster and length at the end of the entry that is begun. */
  private static void putPlace(ByteBuffer root, long cluster, long bytes) {
    root.position(root.position() / EntrySet.ENTRY_BYTES * EntrySet.ENTRY_BYTES + 20);
    root.putInt((int) cluster).putLong(bytes);
  }

  private void write(long position, byte[] bytes) throws IOException {
    device.write(position, bytes, 0, bytes.length);
  }
}
