package dev.tcplay.fs.fat;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The slots of a directory that a new entry can take: those of deleted entries, and all from the
 * first that was never used. It knows nothing of the disk. Not safe for threads.
 *
 * <p>For every length of an entry it is remembered before which slot nothing fits, so that a place
 * is found at once unless entries went since; then the holes behind the first of them are gone over
 * once. Memory: at most some 8 KiB.
 */
final class FreeSlots {

  private static final int MOST = 21;

  private final BitSet deleted;
  private final int[] nothingBefore = new int[MOST + 1];
  private int end;

  /**
   * Begins with slots that are all in use.
   *
   * @param end the first slot that was never used
   */
  FreeSlots(int end) {
    this(end, new BitSet());
  }

  /**
   * Begins with some slots that are free.
   *
   * @param end the first slot that was never used
   * @param deleted the slots of deleted entries, all before the end; kept
   */
  FreeSlots(int end, BitSet deleted) {
    this.end = end;
    this.deleted = deleted;
    int first = deleted.nextSetBit(0);
    Arrays.fill(nothingBefore, first < 0 ? end : first);
  }

  /** Returns the first slot that was never used. */
  int end() {
    return end;
  }

  /**
   * Returns the first place where some slots follow each other: among the deleted ones, or at the
   * end. Those that are deleted at the end are used with those behind. Nothing is taken yet, since
   * the directory may have to grow first.
   *
   * @param count how many slots, 1 to 21
   */
  int find(int count) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("count " + count);
    }
    int start = deleted.nextSetBit(nothingBefore[count]);
    while (start >= 0) {
      int next = deleted.nextClearBit(start);
      if (next - start >= count || next == end) {
        break;
      }
      start = deleted.nextSetBit(next);
    }
    int found = start >= 0 ? start : end;
    for (int i = count; i <= MOST; i++) {
      nothingBefore[i] = Math.max(nothingBefore[i], found);
    }
    return found;
  }

  /** Takes slots for an entry. */
  void take(int first, int count) {
    deleted.clear(first, first + count);
    end = Math.max(end, first + count);
  }

  /** Gives the slots of a deleted entry back; they lie before the end. */
  void free(int first, int count) {
    deleted.set(first, first + count);
    int start = deleted.previousClearBit(first) + 1;
    int next = deleted.nextClearBit(first);
    int longest = next == end ? MOST : Math.min(next - start, MOST);
    for (int i = 1; i <= longest; i++) {
      nothingBefore[i] = Math.min(nothingBefore[i], start);
    }
  }

  /** Returns roughly the bytes of memory that the free slots take. */
  long memory() {
    return 4L * nothingBefore.length + deleted.size() / Byte.SIZE;
  }
}
