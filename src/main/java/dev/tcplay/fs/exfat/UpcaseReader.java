package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.UpcaseTable;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.ExtentMap;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The up-case table of a volume, or the standard one where that is damaged.
 *
 * @param table by which names are compared
 * @param damage why it is not the volume's own, null if it is
 */
record UpcaseReader(UpcaseTable table, @Nullable String damage) {

  /** Reads the table; a volume whose table is damaged is not to be written. */
  static UpcaseReader read(
      BlockDevice device, Geometry geometry, FatLinks links, RootEntries.SystemFile entry)
      throws IOException {
    try {
      byte[] file = bytes(device, geometry, links, entry);
      int sum = UpcaseFile.checksum(file);
      if (sum != entry.word()) {
        throw corrupt("TableChecksum is %08X, but the sum is %08X".formatted(entry.word(), sum));
      }
      return new UpcaseReader(UpcaseFile.decode(file), null);
    } catch (CorruptFileSystemException e) {
      return new UpcaseReader(UpcaseTable.standard(), e.getReason());
    }
  }

  private static byte[] bytes(
      BlockDevice device, Geometry geometry, FatLinks links, RootEntries.SystemFile entry)
      throws IOException {
    if (entry.length() < 2 || entry.length() > UpcaseFile.MOST_BYTES) {
      throw corrupt("DataLength is " + Long.toUnsignedString(entry.length()));
    }
    byte[] file = new byte[(int) entry.length()];
    ExtentMap extents = new ExtentMap(links, entry.firstCluster(), () -> "/");
    int clusterSize = geometry.clusterSize();
    for (int done = 0; done < file.length; ) {
      Extent extent = extents.find(done / clusterSize, 1);
      if (extent == null) {
        throw corrupt("its chain ends at byte " + done);
      }
      int length = Math.min(clusterSize, file.length - done);
      long position = geometry.position(extent.cluster());
      if (position > device.size() - length) {
        throw corrupt("it lies at " + position + ", beyond the volume's end");
      }
      device.read(position, file, done, length);
      done += length;
    }
    return file;
  }

  private static CorruptFileSystemException corrupt(String reason) {
    return new CorruptFileSystemException("/", "exFAT up-case table: " + reason);
  }
}
