package dev.tcplay.fs.exfat;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the slots of a directory through a window. Not safe for threads. */
final class SlotWindow {

  /** Where a stream entry has the hash. */
  private static final int NAME_HASH = 4;

  private final DirectorySlots slots;
  private final byte[] window;
  private int first;
  private int length;

  /** Makes a window of so many slots. */
  SlotWindow(DirectorySlots slots, int size) {
    this.slots = slots;
    this.window = new byte[size * DirectorySlots.SLOT_BYTES];
  }

  /** Returns the type of the entry in a slot, -1 behind the last one. */
  int type(int slot) throws IOException {
    return holds(slot) ? window[offset(slot)] & 0xFF : -1;
  }

  /** Returns the second byte of a primary entry in a slot that is there. */
  int secondaryCount(int slot) throws IOException {
    return holds(slot) ? window[offset(slot) + 1] & 0xFF : 0;
  }

  /** Returns the hash of the name that a stream entry has, -1 if there is no such entry. */
  int nameHash(int slot) throws IOException {
    if (type(slot) != EntryType.STREAM) {
      return -1;
    }
    int at = offset(slot) + NAME_HASH;
    return (window[at] & 0xFF) | (window[at + 1] & 0xFF) << 8;
  }

  /** Returns a copy of slots, null if they are not all there. */
  byte @Nullable [] copy(int from, int count) throws IOException {
    byte[] bytes = new byte[count * DirectorySlots.SLOT_BYTES];
    for (int i = 0; i < count; i++) {
      if (!holds(from + i)) {
        return null;
      }
      System.arraycopy(
          window,
          offset(from + i),
          bytes,
          i * DirectorySlots.SLOT_BYTES,
          DirectorySlots.SLOT_BYTES);
    }
    return bytes;
  }

  private int offset(int slot) {
    return (slot - first) * DirectorySlots.SLOT_BYTES;
  }

  private boolean holds(int slot) throws IOException {
    if (slot < first || slot >= first + length) {
      length = 0;
      length = slots.read(slot, window);
      first = slot;
    }
    return length > 0;
  }
}
