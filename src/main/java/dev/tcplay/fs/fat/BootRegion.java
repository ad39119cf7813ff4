package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.FileSystemDriver;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the boot sector that describes a volume: the first sector, or the copy that FAT32 keeps.
 *
 * @param boot the sector found
 * @param geometry what it describes
 * @param damage why the first sector could not be used, null if it is the one found
 */
record BootRegion(BootSector boot, Geometry geometry, @Nullable String damage) {

  private static final int DEFAULT_BACKUP_SECTOR = 6;
  private static final int EXT_MAGIC_POSITION = 1080;

  /**
   * Returns the rank of the volume, by whether it bears the marks of FAT, sound or damaged.
   *
   * <p>A jump, the signature, a type string and seven fields that have few lawful values are
   * weighed: random bytes, a partition table with boot code and the boot sectors of NTFS and exFAT
   * all stay far below what is asked. Without the signature it is FAT all the same, but who has one
   * comes first. A first sector without any mark of its own counts when the FAT32 backup is whole.
   */
  static int probe(BlockDevice device) throws IOException {
    if (device.size() < BootSector.BYTES) {
      return FileSystemDriver.NOT_MINE;
    }
    BootSector boot = BootSector.read(device, 0);
    if (isForeign(boot)) {
      return FileSystemDriver.NOT_MINE;
    }
    if (bearsMarks(boot)) {
      return boot.hasSignature() ? FileSystemDriver.RECOGNISED : FileSystemDriver.LIKELY;
    }
    // With the signature it is somebody else's boot sector, before which an old backup may survive.
    boolean byBackup = !boot.hasSignature() && !isExt(device) && findBackup(device, boot) != null;
    return byBackup ? FileSystemDriver.RECOGNISED : FileSystemDriver.NOT_MINE;
  }

  /**
   * Finds the boot sector.
   *
   * @throws CorruptFileSystemException if neither sector describes a volume whose table and root
   *     are there; the reason is that of the first
   */
  static BootRegion find(BlockDevice device) throws IOException {
    if (device.size() < BootSector.BYTES) {
      throw new CorruptFileSystemException(null, "smaller than a FAT boot sector");
    }
    BootSector boot = BootSector.read(device, 0);
    try {
      Geometry geometry = Geometry.of(boot);
      geometry.checkFits(device.size());
      return new BootRegion(boot, geometry, null);
    } catch (CorruptFileSystemException e) {
      BootRegion backup = isForeign(boot) ? null : findBackup(device, boot);
      if (backup == null || !backup.geometry.fits(device.size())) {
        throw e;
      }
      return new BootRegion(backup.boot, backup.geometry, e.getReason());
    }
  }

  private static boolean bearsMarks(BootSector boot) {
    int unlawful = boot.faults().size();
    if (boot.hasTypeString()) {
      return unlawful <= 3;
    }
    if (boot.fats() > 4) {
      return false;
    }
    if (unlawful == 0) {
      return boot.hasJump() || boot.hasSignature() || isVolume(boot);
    }
    return unlawful == 1 && boot.hasJump() && boot.hasSignature() && boot.isCustomary();
  }

  /** Returns whether the fields make a volume, so that nothing but their sense speaks for FAT. */
  private static boolean isVolume(BootSector boot) {
    try {
      Geometry.of(boot);
      return true;
    } catch (CorruptFileSystemException e) {
      return false;
    }
  }

  private static boolean isForeign(BootSector boot) {
    String oem = boot.oemName();
    return oem.equals("EXFAT   ") || oem.equals("NTFS    ") || oem.equals("-FVE-FS-");
  }

  private static boolean isExt(BlockDevice device) throws IOException {
    if (device.size() < EXT_MAGIC_POSITION + 2) {
      return false;
    }
    byte[] magic = new byte[2];
    device.read(EXT_MAGIC_POSITION, magic, 0, 2);
    return magic[0] == 0x53 && (magic[1] & 0xFF) == 0xEF;
  }

  /** Tries the sector that the damaged one names, then the usual one, for every sector size. */
  private static @Nullable BootRegion findBackup(BlockDevice device, BootSector damaged)
      throws IOException {
    for (int sectorSize = 512; sectorSize <= 4096; sectorSize *= 2) {
      for (int sector : new int[] {damaged.backupSector(), DEFAULT_BACKUP_SECTOR}) {
        long position = (long) sector * sectorSize;
        if (sector == 0 || position + BootSector.BYTES > device.size()) {
          continue;
        }
        BootSector boot = BootSector.read(device, position);
        if (isBackup(boot, sectorSize)) {
          try {
            return new BootRegion(boot, Geometry.of(boot), null);
          } catch (CorruptFileSystemException e) {
            // Not a whole boot sector either.
          }
        }
      }
    }
    return null;
  }

  private static boolean isBackup(BootSector boot, int sectorSize) {
    return boot.hasSignature()
        && boot.isFat32()
        && boot.bytesPerSector() == sectorSize
        && boot.hasJump()
        && !isForeign(boot);
  }
}
