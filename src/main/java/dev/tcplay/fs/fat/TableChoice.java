package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Which copy of the table a volume is read by: the first, unless that one cannot be read where it
 * begins, or its two reserved entries are wrong, and another copy is sound there.
 *
 * @param copy the number of the copy, 0 for the first
 * @param fault what is amiss with the first copy, null if that is the one
 */
record TableChoice(int copy, @Nullable Fault fault) {

  private static final int SECTOR = 512;
  private static final int CHUNK = 1 << 16;

  /**
   * What is amiss with a copy.
   *
   * @param kind as a finding of a check is called
   */
  record Fault(String kind, String text) {}

  /** Chooses by the first sector of each copy; a volume with one live copy leaves no choice. */
  static TableChoice atStart(BlockDevice device, BootRegion region) {
    return of(device, region, false);
  }

  /** Chooses by whether copies can be read as a whole, too. */
  static TableChoice asWhole(BlockDevice device, BootRegion region) {
    return of(device, region, true);
  }

  private static TableChoice of(BlockDevice device, BootRegion region, boolean whole) {
    int copies = region.boot().isMirrored() ? region.boot().fats() : 1;
    Fault first = copies == 1 ? null : fault(device, region, 0, whole);
    for (int copy = 1; first != null && copy < copies; copy++) {
      if (fault(device, region, copy, whole) == null) {
        return new TableChoice(
            copy,
            new Fault(
                first.kind(), first.text() + "; FAT %d is read in its place".formatted(copy)));
      }
    }
    return new TableChoice(0, null);
  }

  private static @Nullable Fault fault(
      BlockDevice device, BootRegion region, int copy, boolean whole) {
    Geometry geometry = region.geometry();
    byte[] start = new byte[(int) Math.min(SECTOR, geometry.fatLength())];
    try {
      long position = geometry.fatPosition() + copy * geometry.fatLength();
      if (position + geometry.fatLength() > device.size()) {
        return unreadable(copy, "it lies behind the end of the container");
      }
      device.read(position, start, 0, start.length);
      if (whole) {
        readAll(device, position, geometry.fatLength());
      }
    } catch (IOException e) {
      return unreadable(copy, String.valueOf(e.getMessage()));
    }
    FatType type = geometry.type();
    int media = type.get(start, 0, 0);
    if (media != ((type.end() & ~0xFF) | region.boot().media())) {
      return new Fault(
          "fat-media",
          "entry 0 of FAT %d is %X, the media byte is %02X"
              .formatted(copy, media, region.boot().media()));
    }
    int second = type.get(start, (int) type.position(1), 1);
    return type.isEnd(second | flags(type))
        ? null
        : new Fault("fat-start", "entry 1 of FAT %d is %X, no end mark".formatted(copy, second));
  }

  private static void readAll(BlockDevice device, long position, long length) throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK, length)];
    for (long done = 0; done < length; done += chunk.length) {
      device.read(position + done, chunk, 0, (int) Math.min(chunk.length, length - done));
    }
  }

  /** What is amiss with a copy that cannot be read. */
  static Fault unreadable(int copy, String reason) {
    return new Fault("fat-unreadable", "FAT %d cannot be read: %s".formatted(copy, reason));
  }

  /** Returns the bits of the second entry that tell how the volume was closed. */
  private static int flags(FatType type) {
    return switch (type) {
      case FAT12 -> 0;
      case FAT16 -> 3 << 14;
      case FAT32 -> 3 << 26;
    };
  }

  /** Returns a volume as it is to be read, which closes the device; read-only with a fault. */
  BlockDevice view(BlockDevice device, Geometry geometry) {
    return copy == 0 ? device : new TableCopy(device, geometry, copy);
  }
}
