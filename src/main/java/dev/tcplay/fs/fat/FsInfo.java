package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.cluster.FreeSpaceMap;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The sector of FAT32 that holds two hints: how many clusters are free, and where to look for the
 * next one. A sector without its marks is none, and is not written. Safe for any number of threads.
 */
final class FsInfo {

  private static final int NONE = 0xFFFF;
  private static final int UNKNOWN = -1;
  private static final int COUNT_OFFSET = 488;

  /** Where the sector lies, -1 if there is none. */
  private final long position;

  private final int hint;
  private volatile int count;

  private FsInfo(long position, int count, int hint) {
    this.position = position;
    this.count = count;
    this.hint = hint;
  }

  static FsInfo read(BlockDevice device, BootSector boot) throws IOException {
    int sector = boot.isFat32() ? boot.fsInfoSector() : 0;
    long position = (long) sector * boot.bytesPerSector();
    if (sector == 0 || sector == NONE || sector >= boot.reservedSectors()) {
      return new FsInfo(-1, UNKNOWN, 0);
    }
    byte[] bytes = new byte[BootSector.BYTES];
    device.read(position, bytes, 0, bytes.length);
    ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean isMarked =
        fields.getInt(0) == 0x4161_5252
            && fields.getInt(484) == 0x6141_7272
            && fields.getInt(508) == 0xAA55_0000;
    return isMarked
        ? new FsInfo(position, fields.getInt(COUNT_OFFSET), fields.getInt(COUNT_OFFSET + 4))
        : new FsInfo(-1, UNKNOWN, 0);
  }

  /** Returns where to look for a free cluster; any number. */
  int hint() {
    return hint;
  }

  /** Returns whether the count on disk is not that of the free clusters. */
  boolean isOutdated(FreeSpaceMap space) {
    return position >= 0 && count != space.freeOnceCommitted();
  }

  /** Writes the count of free clusters alone, if there is such a sector. */
  void writeCount(BlockDevice device, int free) throws IOException {
    if (position >= 0) {
      byte[] bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(free).array();
      device.write(position + COUNT_OFFSET, bytes, 0, bytes.length);
    }
  }

  /** Writes the hints into a change. */
  void write(Change change, FreeSpaceMap space) {
    count = (int) space.freeOnceCommitted();
    byte[] bytes =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(count)
            .putInt((int) space.hint())
            .array();
    change.writeBy(WriteOrder.COUNTERS, position + COUNT_OFFSET, bytes, 0, bytes.length);
  }
}
