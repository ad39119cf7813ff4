package example.tablefs;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where things are, in sectors of 512 bytes, numbers with the high byte first: the header (magic,
 * number of slots), then one sector for each {@link Slot}, then the contents of files, each in one
 * piece. What no slot refers to is free. Immutable.
 *
 * <p>A slot is one sector, as a sector is what a device writes as one.
 *
 * @param slots the number of slots
 * @param sectors sectors in the volume
 */
record Layout(int slots, long sectors) {

  static final int SECTOR = 512;

  private static final byte[] MAGIC = "TABLEFS1".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_SLOTS = 4096;
  private static final int LEAST_SLOTS = 8;
  private static final int SECTORS_FOR_A_SLOT = 16;

  static boolean hasMagic(byte[] header) {
    return Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Returns the layout of a new volume.
   *
   * @throws IllegalArgumentException if the volume is too small
   */
  static Layout forSize(long bytes) {
    long sectors = bytes / SECTOR;
    if (sectors < 2 + LEAST_SLOTS) {
      throw new IllegalArgumentException(bytes + " bytes are too few for a table");
    }
    long slots = Math.max(LEAST_SLOTS, Math.min(MOST_SLOTS, sectors / SECTORS_FOR_A_SLOT));
    return new Layout((int) slots, sectors);
  }

  /**
   * Reads the layout of a volume.
   *
   * @throws CorruptFileSystemException if the header is damaged
   */
  static Layout read(BlockDevice volume) throws IOException {
    if (volume.size() < SECTOR) {
      throw new CorruptFileSystemException(null, "the volume is shorter than a header");
    }
    byte[] header = new byte[SECTOR];
    volume.read(0, header, 0, header.length);
    if (!hasMagic(header)) {
      throw new CorruptFileSystemException(null, "the header has no magic");
    }
    long sectors = volume.size() / SECTOR;
    int slots = ByteBuffer.wrap(header).getInt(MAGIC.length);
    if (slots < 1 || slots > MOST_SLOTS || slots >= sectors) {
      throw new CorruptFileSystemException(
          null, "the header gives " + slots + " slots in " + sectors + " sectors");
    }
    return new Layout(slots, sectors);
  }

  byte[] header() {
    return ByteBuffer.allocate(SECTOR).put(MAGIC).putInt(slots).array();
  }

  /** Returns where a slot is, in bytes. */
  long position(int slot) {
    return (1L + slot) * SECTOR;
  }

  /** Returns the first sector behind the table. */
  long firstData() {
    return 1L + slots;
  }

  /** Returns whether an extent lies where contents may lie. */
  boolean contains(Extent extent) {
    return extent.sectors() == 0
        || (extent.first() >= firstData() && extent.first() <= sectors - extent.sectors());
  }
}
