package dev.tcplay.fs.fat;

import dev.tcplay.fs.WindowsNameRules;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Lays out the slots of a new entry in the order of the disk: the parts of its long name, the last
 * one first, then the short entry.
 */
final class EntrySet {

  private EntrySet() {}

  /** Returns how many slots an entry of this name takes, 1 to 21. */
  static int slots(NewName name) {
    return 1 + parts(name);
  }

  /**
   * Returns the bytes of all slots.
   *
   * @param entry the short entry, which must bear the short name
   */
  static byte[] encode(NewName name, ShortEntry entry) {
    int parts = parts(name);
    byte[] bytes = new byte[(parts + 1) * DirectorySlots.SLOT_BYTES];
    int checksum = ShortName.checksum(name.shortName());
    for (int i = 0; i < parts; i++) {
      ByteBuffer slot =
          ByteBuffer.wrap(bytes, i * DirectorySlots.SLOT_BYTES, DirectorySlots.SLOT_BYTES).slice();
      encodePart(name.name(), parts - 1 - i, checksum, slot.order(ByteOrder.LITTLE_ENDIAN));
    }
    byte[] last = entry.bytes();
    System.arraycopy(last, 0, bytes, parts * DirectorySlots.SLOT_BYTES, last.length);
    return bytes;
  }

  private static int parts(NewName name) {
    int length = name.name().length();
    if (length > WindowsNameRules.MAX_LENGTH) {
      throw new IllegalArgumentException("name of " + length + " units");
    }
    return name.isLong() ? (length + LongName.UNITS - 1) / LongName.UNITS : 0;
  }

  /** A name that does not fill its last part ends with a zero; all ones come behind it. */
  private static void encodePart(String name, int part, int checksum, ByteBuffer slot) {
    int first = part * LongName.UNITS;
    boolean isLast = first + LongName.UNITS >= name.length();
    slot.put(0, (byte) ((part + 1) | (isLast ? LongName.LAST : 0)));
    slot.put(11, (byte) SlotReader.LONG_NAME);
    slot.put(13, (byte) checksum);
    for (int i = 0; i < LongName.UNITS; i++) {
      int index = first + i;
      int unit = index < name.length() ? name.charAt(index) : index == name.length() ? 0 : 0xFFFF;
      slot.putShort(LongName.UNIT_OFFSETS[i], (short) unit);
    }
  }
}
