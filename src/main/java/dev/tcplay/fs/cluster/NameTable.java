package dev.tcplay.fs.cluster;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A hash table from names to slots without the names: a hit is a candidate, to be compared with
 * what stands in the slot. Of several slots with one name it keeps the first that was added.
 *
 * <p>The hash has 64 bits and a secret start, so that nobody can prepare a directory whose names
 * collide. Twelve bytes for each place of the table, which is at most half full. Not safe for
 * threads while it is changed.
 */
public final class NameTable {

  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;
  private static final int LEAST_PLACES = 16;

  private final long seed = ThreadLocalRandom.current().nextLong();
  private long[] hashes = new long[LEAST_PLACES];
  private int[] slots = emptyPlaces(LEAST_PLACES);
  private int names;

  /** Makes an empty table. */
  public NameTable() {}

  /**
   * Adds a name unless it is there.
   *
   * @return whether it was not there
   */
  public boolean add(String name, int slot) {
    if (2 * (names + 1) > slots.length) {
      grow();
    }
    long hash = hash(name);
    int place = place(hash);
    if (slots[place] >= 0) {
      return false;
    }
    put(place, hash, slot);
    names++;
    return true;
  }

  /** Removes a name if it stands for a slot. */
  public void remove(String name, int slot) {
    int place = place(hash(name));
    if (slots[place] != slot) {
      return;
    }
    names--;
    // Those behind move up, so that nobody's search ends at the gap.
    int gap = place;
    int next = gap;
    while (true) {
      next = (next + 1) & (slots.length - 1);
      if (slots[next] < 0) {
        break;
      }
      int home = (int) (hashes[next] >>> 32) & (slots.length - 1);
      if (((next - home) & (slots.length - 1)) >= ((next - gap) & (slots.length - 1))) {
        put(gap, hashes[next], slots[next]);
        gap = next;
      }
    }
    slots[gap] = -1;
  }

  /** Returns the slot of the name, -1 if there is none. */
  public int find(String name) {
    return slots[place(hash(name))];
  }

  /** Returns the bytes of memory that the table takes. */
  public long memory() {
    return 12L * slots.length;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldSlots = slots;
    long[] newHashes = new long[2 * oldHashes.length];
    int[] newSlots = emptyPlaces(2 * oldSlots.length);
    // Only now: there may be no memory for the second.
    hashes = newHashes;
    slots = newSlots;
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] >= 0) {
        put(place(oldHashes[i]), oldHashes[i], oldSlots[i]);
      }
    }
  }

  private void put(int place, long hash, int slot) {
    hashes[place] = hash;
    slots[place] = slot;
  }

  /** Returns the place of a hash, or the free place where it belongs. */
  private int place(long hash) {
    int place = (int) (hash >>> 32) & (slots.length - 1);
    while (slots[place] >= 0 && hashes[place] != hash) {
      place = (place + 1) & (slots.length - 1);
    }
    return place;
  }

  private long hash(String name) {
    long hash = seed;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * MULTIPLIER;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  private static int[] emptyPlaces(int count) {
    int[] slots = new int[count];
    Arrays.fill(slots, -1);
    return slots;
  }
}
