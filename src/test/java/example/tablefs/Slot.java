package example.tablefs;

import dev.tcplay.fs.CorruptFileSystemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;

/**
 * One file, as its slot holds it: a byte that is 1, the length of the name, the name in UTF-8, and
 * from byte 264 on generation, first sector, size and time. A slot without a file is all zeros.
 * Immutable.
 *
 * @param number the number of the slot
 * @param name the name
 * @param generation grows with every move; of two slots with one name, which a crash may leave, the
 *     one with the larger generation counts
 * @param first the first sector, 0 for an empty file
 * @param size bytes in the file
 * @param modified the time of the last change, in milliseconds
 */
record Slot(int number, String name, long generation, long first, long size, FileTime modified) {

  static final int MOST_NAME_BYTES = 255;

  private static final int GENERATION = 264;
  private static final long MOST_GENERATIONS = Long.MAX_VALUE / 2;

  /**
   * Reads a slot that holds a file. Where the file lies is not checked.
   *
   * @throws CorruptFileSystemException if it has no lawful name, or a number out of range
   */
  static Slot decode(int number, byte[] sector) throws CorruptFileSystemException {
    ByteBuffer fields = ByteBuffer.wrap(sector, GENERATION, sector.length - GENERATION);
    long generation = fields.getLong();
    long first = fields.getLong();
    long size = fields.getLong();
    if (generation < 0 || generation > MOST_GENERATIONS || size < 0) {
      throw damaged(number, "generation " + generation + ", size " + size);
    }
    FileTime modified = FileTime.fromMillis(fields.getLong());
    return new Slot(number, name(number, sector), generation, first, size, modified);
  }

  private static String name(int number, byte[] sector) throws CorruptFileSystemException {
    try {
      ByteBuffer raw = ByteBuffer.wrap(sector, 2, sector[1] & 0xFF);
      String name = StandardCharsets.UTF_8.newDecoder().decode(raw).toString();
      if (TableNames.isLawful(name)) {
        return name;
      }
    } catch (CharacterCodingException e) {
      // As any other name that is none.
    }
    throw damaged(number, "no lawful name");
  }

  private static CorruptFileSystemException damaged(int number, String reason) {
    return new CorruptFileSystemException(null, "slot " + number + " is damaged: " + reason);
  }

  byte[] encode() {
    byte[] raw = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer sector = ByteBuffer.allocate(Layout.SECTOR);
    sector.put((byte) 1).put((byte) raw.length).put(raw);
    sector.position(GENERATION);
    sector.putLong(generation).putLong(first).putLong(size).putLong(modified.toMillis());
    return sector.array();
  }

  Extent extent() {
    return Extent.of(first, size);
  }

  Slot named(String newName, long newGeneration) {
    return new Slot(number, newName, newGeneration, first, size, modified);
  }

  Slot modifiedAt(FileTime time) {
    return new Slot(number, name, generation, first, size, time);
  }

  Slot placed(long newFirst, long newSize, FileTime time) {
    return new Slot(number, name, generation, newSize == 0 ? 0 : newFirst, newSize, time);
  }
}
