package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.FileSystemDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** Mends a boot region by the other one, and the start of the table. */
final class BootRepair {

  private BootRepair() {}

  /**
   * Writes the main region as its backup, or the reverse, if one of them is damaged.
   *
   * @param kinds what a check has found
   * @return whether anything was written
   */
  static boolean mend(BlockDevice device, Set<String> kinds) throws IOException {
    BootRegion region = BootRegion.find(device);
    boolean isAllThere =
        region.geometry().length() <= device.size() && region.boot().numberOfFats() == 1;
    // A boot sector of another file system stays, whatever it was written over.
    boolean isOurs = BootRegion.probe(device) != FileSystemDriver.NOT_MINE;
    if (isAllThere && isOurs && kinds.contains("boot-region")) {
      mendMain(device, region.geometry().sectorSize());
      return true;
    }
    if (isAllThere && (kinds.contains("backup-region") || kinds.contains("backup-differs"))) {
      mendBackup(device, region.geometry().sectorSize());
      return true;
    }
    return false;
  }

  /**
   * Copies the backup; the boot sector comes last, so that the backup counts until all is there.
   * Whether the volume was closed the backup does not say.
   */
  private static void mendMain(BlockDevice device, int sectorSize) throws IOException {
    byte[] region = read(device, (long) BootRegion.SECTORS * sectorSize, sectorSize);
    region[BootSector.VOLUME_FLAGS_POSITION] |= BootSector.VOLUME_DIRTY;
    device.write(sectorSize, region, sectorSize, region.length - sectorSize);
    device.flush();
    device.write(0, region, 0, sectorSize);
    device.flush();
  }

  private static void mendBackup(BlockDevice device, int sectorSize) throws IOException {
    byte[] region = read(device, 0, sectorSize);
    device.write(region.length, region, 0, region.length);
    device.flush();
  }

  private static byte[] read(BlockDevice device, long position, int sectorSize) throws IOException {
    byte[] region = new byte[BootRegion.SECTORS * sectorSize];
    device.read(position, region, 0, region.length);
    return region;
  }

  /** Writes the two entries of the table that are no cluster's. */
  static void mendTableStart(BlockDevice device, Geometry geometry) throws IOException {
    byte[] start =
        ByteBuffer.allocate(2 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(FatLinks.MEDIA)
            .putInt(FatLinks.END_OF_CHAIN)
            .array();
    device.write(geometry.fatPosition(), start, 0, start.length);
    device.flush();
  }
}
