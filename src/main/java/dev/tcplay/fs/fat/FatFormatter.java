package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.cluster.EmptyVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the structures of an empty volume. Used once. */
final class FatFormatter {

  private static final int FSINFO_SECTOR = 1;
  private static final int BACKUP_SECTOR = 6;
  private static final int ROOT_CLUSTER = 2;
  private static final int MEDIA = 0xF8;
  private static final int FIXED_DISK = 0x80;

  private static final byte[] NO_NAME = "NO NAME    ".getBytes(StandardCharsets.US_ASCII);

  private final BlockDevice device;
  private final FatLayout layout;
  private final int serial;
  private final byte @Nullable [] label;
  private final DosTime now;
  private final int hidden;

  /**
   * Prepares the making of a volume.
   *
   * @param label the label's eleven bytes, null for none
   * @param now what the label's entry is dated
   * @param hidden the sectors before the volume on its disk, without sign
   */
  FatFormatter(
      BlockDevice device,
      FatLayout layout,
      int serial,
      byte @Nullable [] label,
      DosTime now,
      int hidden) {
    this.device = device;
    this.layout = layout;
    this.serial = serial;
    this.label = label;
    this.now = now;
    this.hidden = hidden;
  }

  /** Writes everything, what tells the old file system first and the boot sector last. */
  void format() throws IOException {
    long bytes =
        (layout.dataSector() + (isFat32() ? layout.sectorsPerCluster() : 0)) * layout.sectorSize();
    EmptyVolume.make(device, bytes, this::writeStructures);
  }

  private void writeStructures() throws IOException {
    for (int fat = 0; fat < FatLayout.FATS; fat++) {
      write(layout.reserved() + fat * layout.sectorsPerFat(), tableStart());
    }
    if (label != null) {
      write(layout.dataSector() - layout.rootSectors(), labelEntry(label));
    }
    byte[] boot = bootSector();
    if (isFat32()) {
      write(BACKUP_SECTOR, boot);
      write(FSINFO_SECTOR, fsInfo());
      write(BACKUP_SECTOR + FSINFO_SECTOR, fsInfo());
    }
    device.flush();
    write(0, boot);
    device.flush();
  }

  private boolean isFat32() {
    return layout.type() == FatType.FAT32;
  }

  private byte[] bootSector() {
    byte[] bytes = new byte[BootSector.BYTES];
    ByteBuffer sector = littleEndian(bytes);
    sector.put((byte) 0xEB).put((byte) (isFat32() ? 0x58 : 0x3C)).put((byte) 0x90);
    sector.put("MSDOS5.0".getBytes(StandardCharsets.US_ASCII));
    sector.putShort(11, (short) layout.sectorSize());
    sector.put(13, (byte) layout.sectorsPerCluster());
    sector.putShort(14, (short) layout.reserved());
    sector.put(16, (byte) FatLayout.FATS);
    sector.putShort(17, (short) (isFat32() ? 0 : FatLayout.ROOT_ENTRIES));
    boolean isSmall = !isFat32() && layout.sectors() <= 0xFFFF;
    sector.putShort(19, (short) (isSmall ? layout.sectors() : 0));
    sector.put(21, (byte) MEDIA);
    sector.putShort(22, (short) (isFat32() ? 0 : layout.sectorsPerFat()));
    sector.putShort(24, (short) 1).putShort(26, (short) 1);
    sector.putInt(28, hidden);
    sector.putInt(32, (int) (isSmall ? 0 : layout.sectors()));
    if (isFat32()) {
      sector.putInt(36, (int) layout.sectorsPerFat());
      sector.putInt(44, ROOT_CLUSTER);
      sector.putShort(48, (short) FSINFO_SECTOR);
      sector.putShort(50, (short) BACKUP_SECTOR);
    }
    sector.position(isFat32() ? BootSector.EXTENSION_FAT32 : BootSector.EXTENSION_FAT16);
    sector.put((byte) FIXED_DISK).put((byte) 0).put((byte) 0x29).putInt(serial);
    sector.put(label == null ? NO_NAME : label);
    sector.put(String.format("%-8s", layout.type()).getBytes(StandardCharsets.US_ASCII));
    sector.putShort(510, (short) 0xAA55);
    return bytes;
  }

  private byte[] fsInfo() {
    byte[] bytes = new byte[BootSector.BYTES];
    ByteBuffer sector = littleEndian(bytes);
    sector.putInt(0, 0x4161_5252).putInt(484, 0x6141_7272);
    sector.putInt(488, (int) layout.clusters() - 1);
    sector.putInt(492, ROOT_CLUSTER);
    sector.putInt(508, 0xAA55_0000);
    return bytes;
  }

  /** The first two entries hold flags, and on FAT32 the third ends the root directory's chain. */
  private byte[] tableStart() {
    byte[] bytes = new byte[isFat32() ? 12 : layout.type() == FatType.FAT16 ? 4 : 3];
    Arrays.fill(bytes, (byte) 0xFF);
    if (isFat32()) {
      int end = layout.type().end();
      littleEndian(bytes).putInt(0, end).putInt(4, end).putInt(8, end);
    }
    bytes[0] = (byte) MEDIA;
    return bytes;
  }

  private byte[] labelEntry(byte[] label) {
    byte[] bytes = Arrays.copyOf(label, DirectorySlots.SLOT_BYTES);
    bytes[11] = SlotReader.VOLUME;
    littleEndian(bytes).putShort(22, (short) now.time()).putShort(24, (short) now.date());
    return bytes;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void write(long sector, byte[] bytes) throws IOException {
    device.write(sector * layout.sectorSize(), bytes, 0, bytes.length);
  }
}
