package dev.tcplay.fs.exfat;

import java.util.BitSet;

/**
 * The slots of a directory that a new entry set can take: those of deleted entries, and all from
 * the first that was never used. A set is put where it lies in one sector of the host, which is
 * written whole or not at all; one that has more slots begins with a sector. It knows nothing of
 * the disk. Not safe for threads.
 *
 * <p>For every length of a set it is remembered before which slot nothing fits, so that a place is
 * found at once unless sets went since. Memory: a bit for each slot.
 */
final class FreeSlots {

  private static final int SECTOR = DirectorySlots.IN_SECTOR;

  private final BitSet deleted;
  private final int[] nothingBefore = new int[SECTOR + 1];
  private int end;

  /**
   * Begins with some slots that are free.
   *
   * @param end the first slot that was never used
   * @param deleted the slots of deleted entries, all before the end; kept
   */
  FreeSlots(int end, BitSet deleted) {
    this.end = end;
    this.deleted = deleted;
  }

  /** Returns the first slot that was never used. */
  int end() {
    return end;
  }

  /**
   * Returns the first place for a set: among the deleted slots, or at the end. Nothing is taken
   * yet, since the directory may have to grow first.
   *
   * @param count how many slots, at least 1
   */
  int find(int count) {
    int length = Math.min(count, SECTOR);
    int start = deleted.nextSetBit(nothingBefore[length]);
    int found = -1;
    while (start >= 0 && found < 0) {
      int next = deleted.nextClearBit(start);
      int place = place(start, count);
      if (place + count <= next || (next == end && place <= end)) {
        found = place;
      } else {
        start = deleted.nextSetBit(next);
      }
    }
    found = found >= 0 ? found : place(end, count);
    if (count <= SECTOR) {
      nothingBefore[length] = Math.min(found, end);
    }
    return found;
  }

  /** Returns the first slot from one on with which a set can begin. */
  private static int place(int from, int count) {
    int inSector = from % SECTOR;
    return inSector == 0 || inSector + count <= SECTOR ? from : from - inSector + SECTOR;
  }

  /** Takes slots for a set; those that were never used before them become such as are deleted. */
  void take(int first, int count) {
    if (first > end) {
      free(end, first - end);
    }
    deleted.clear(first, first + count);
    end = Math.max(end, first + count);
  }

  /** Gives the slots of a deleted set back. */
  void free(int first, int count) {
    deleted.set(first, first + count);
    int start = deleted.previousClearBit(first) + 1;
    for (int i = 1; i <= SECTOR; i++) {
      nothingBefore[i] = Math.min(nothingBefore[i], start);
    }
  }

  /** Returns roughly the bytes of memory that the free slots take. */
  long memory() {
    return 4L * nothingBefore.length + deleted.size() / Byte.SIZE;
  }
}
