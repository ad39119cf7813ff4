package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.FileSystemDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A boot region that describes a volume: the main one, or the backup behind it.
 *
 * @param boot its boot sector
 * @param geometry what that describes
 * @param damage why the main one could not be used, null if it is the one
 */
record BootRegion(BootSector boot, Geometry geometry, @Nullable String damage) {

  /** Sectors of a region: the boot sector, ten more that the checksum is of, and its own. */
  static final int SECTORS = 12;

  private static final int SUMMED_SECTORS = 11;
  private static final int EXTENDED_SECTORS = 8;

  /**
   * Returns the rank of the volume, by whether it bears the marks of exFAT, sound or damaged. Where
   * the main boot sector bears none, a whole backup region counts.
   */
  static int probe(BlockDevice device) throws IOException {
    if (device.size() < BootSector.BYTES) {
      return FileSystemDriver.NOT_MINE;
    }
    byte[] sector = read(device, 0, BootSector.BYTES);
    if (BootSector.bearsMarks(sector)) {
      return FileSystemDriver.RECOGNISED;
    }
    // With the mark it is somebody else's boot sector, before which an old backup may survive.
    boolean isForeign = (sector[510] & 0xFF) == 0x55 && (sector[511] & 0xFF) == 0xAA;
    return !isForeign && findBackup(device, null) != null
        ? FileSystemDriver.RECOGNISED
        : FileSystemDriver.NOT_MINE;
  }

  /**
   * Finds the region that describes the volume.
   *
   * @throws CorruptFileSystemException if neither does; the reason is that of the main one
   */
  static BootRegion find(BlockDevice device) throws IOException {
    if (device.size() < BootSector.BYTES) {
      throw new CorruptFileSystemException(null, "smaller than an exFAT boot sector");
    }
    try {
      BootRegion main = parse(device, 0, null);
      main.geometry.checkFits(device.size());
      return main;
    } catch (CorruptFileSystemException e) {
      BootRegion backup = findBackup(device, e.getReason());
      if (backup == null) {
        throw e;
      }
      return backup;
    }
  }

  /** Looks for the backup, whose place hangs on the size of a sector. */
  private static @Nullable BootRegion findBackup(BlockDevice device, @Nullable String damage)
      throws IOException {
    for (int sectorSize = 512; sectorSize <= 4096; sectorSize *= 2) {
      long position = (long) SECTORS * sectorSize;
      if (position + BootSector.BYTES > device.size()) {
        return null;
      }
      try {
        BootRegion backup = parse(device, position, damage);
        if (backup.boot.bytesPerSector() == sectorSize) {
          backup.geometry.checkFits(device.size());
          return backup;
        }
      } catch (CorruptFileSystemException e) {
        // No backup of sectors of this size.
      }
    }
    return null;
  }

  /**
   * Reads one region.
   *
   * @throws CorruptFileSystemException if a field or the checksum is wrong; the reason names it
   */
  static BootRegion parse(BlockDevice device, long position, @Nullable String damage)
      throws IOException {
    BootSector boot = BootSector.parse(read(device, position, BootSector.BYTES));
    int sectorSize = boot.bytesPerSector();
    if (position + (long) SECTORS * sectorSize > device.size()) {
      throw new CorruptFileSystemException(null, "smaller than an exFAT boot region");
    }
    byte[] sectors = read(device, position, SECTORS * sectorSize);
    int sum = Checksums.ofBootRegion(Arrays.copyOf(sectors, SUMMED_SECTORS * sectorSize));
    ByteBuffer sums =
        ByteBuffer.wrap(sectors, SUMMED_SECTORS * sectorSize, sectorSize)
            .order(ByteOrder.LITTLE_ENDIAN);
    while (sums.hasRemaining()) {
      int stored = sums.getInt();
      if (stored != sum) {
        throw new CorruptFileSystemException(
            null,
            "exFAT boot region: Boot Checksum is %08X, but the sum of the sectors is %08X"
                .formatted(stored, sum));
      }
    }
    return new BootRegion(boot, Geometry.of(boot), damage);
  }

  /** Returns the twelve sectors of a region with nothing in it but the boot sector's fields. */
  static byte[] encode(BootSector boot) {
    int sectorSize = boot.bytesPerSector();
    ByteBuffer region = ByteBuffer.allocate(SECTORS * sectorSize).order(ByteOrder.LITTLE_ENDIAN);
    region.put(boot.encode());
    for (int sector = 1; sector <= EXTENDED_SECTORS; sector++) {
      region.putInt((sector + 1) * sectorSize - Integer.BYTES, 0xAA55_0000);
    }
    seal(region.array(), sectorSize);
    return region.array();
  }

  /** Fills the last of twelve sectors with the checksum of the others. */
  static void seal(byte[] region, int sectorSize) {
    int sum = Checksums.ofBootRegion(Arrays.copyOf(region, SUMMED_SECTORS * sectorSize));
    ByteBuffer sums =
        ByteBuffer.wrap(region, SUMMED_SECTORS * sectorSize, sectorSize)
            .order(ByteOrder.LITTLE_ENDIAN);
    while (sums.hasRemaining()) {
      sums.putInt(sum);
    }
  }

  private static byte[] read(BlockDevice device, long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    device.read(position, bytes, 0, length);
    return bytes;
  }
}
