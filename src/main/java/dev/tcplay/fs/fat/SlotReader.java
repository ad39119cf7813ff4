package dev.tcplay.fs.fat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Goes once through the slots of a directory up to the first that was never used. Its accessors
 * look at the current slot. Not safe for threads.
 */
final class SlotReader {

  static final int READ_ONLY = 0x01;
  static final int HIDDEN = 0x02;
  static final int SYSTEM = 0x04;
  static final int VOLUME = 0x08;
  static final int DIRECTORY = 0x10;
  static final int ARCHIVE = 0x20;

  static final int LONG_NAME = 0x0F;

  private static final int LONG_NAME_MASK = 0x3F;

  /** Slots that are read in one transfer by who reads them all. */
  static final int AT_ONCE = 128;

  private final DirectorySlots slots;
  private final byte[] bytes;
  private final ByteBuffer buffer;
  private int next;
  private int read;
  private int used;
  private boolean ended;

  /** Starts before the slot {@code first}; reads at most {@code atOnce} slots in one transfer. */
  SlotReader(DirectorySlots slots, int first, int atOnce) {
    this.slots = slots;
    this.next = first;
    this.bytes = new byte[atOnce * DirectorySlots.SLOT_BYTES];
    this.buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Starts before the first slot, to read them all. */
  SlotReader(DirectorySlots slots) {
    this(slots, 0, AT_ONCE);
  }

  /** Goes on to the next slot and returns whether there is one. */
  boolean advance() throws IOException {
    if (ended) {
      return false;
    }
    ended = !advanceToAny() || u8(0) == 0;
    return !ended;
  }

  /** Goes on to the next slot, though it may lie behind one that was never used. */
  boolean advanceToAny() throws IOException {
    if (used == read) {
      read = slots.read(next, bytes);
      used = 0;
    }
    used++;
    next++;
    return read > 0;
  }

  /** Returns the number of the current slot. */
  int slot() {
    return next - 1;
  }

  boolean isDeleted() {
    return u8(0) == 0xE5;
  }

  boolean isLongName() {
    return (attributes() & LONG_NAME_MASK) == LONG_NAME;
  }

  /** Returns whether this is the volume label, or one of its kind in the wrong place. */
  boolean isLabel() {
    return (attributes() & VOLUME) != 0 && !isLongName();
  }

  int attributes() {
    return u8(11);
  }

  /** Returns the eleven bytes of the short name, as stored. */
  byte[] shortName() {
    return Arrays.copyOfRange(bytes, offset(0), offset(ShortName.BYTES));
  }

  int u8(int at) {
    return bytes[offset(at)] & 0xFF;
  }

  int u16(int at) {
    return buffer.getShort(offset(at)) & 0xFFFF;
  }

  long u32(int at) {
    return buffer.getInt(offset(at)) & 0xFFFF_FFFFL;
  }

  private int offset(int at) {
    return (used - 1) * DirectorySlots.SLOT_BYTES + at;
  }
}
