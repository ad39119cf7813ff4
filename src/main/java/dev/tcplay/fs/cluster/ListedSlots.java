package dev.tcplay.fs.cluster;

import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a listing of a directory has come, by first slots of entries: every entry that stays is
 * listed once, also if it gets another name, and so other slots, meanwhile. Not safe for threads.
 */
public final class ListedSlots {

  /** The last relocation that the listing knows of. */
  private Relocation known;

  private int next;

  /** First slots before {@code next} to which entries came that are still to be listed. */
  private final NavigableSet<Integer> owed = new TreeSet<>();

  /** First slots from {@code next} on to which entries came that were listed. */
  private final Set<Integer> given = new HashSet<>();

  /** Starts before the first slot, with the last relocation that was before. */
  public ListedSlots(Relocation last) {
    this.known = last;
  }

  /** Returns the slot from which on nothing was listed in order. */
  public int next() {
    return next;
  }

  /** Takes note of an entry that comes in order, and returns whether it is to be listed. */
  public boolean pass(int firstSlot, int slots) {
    if (firstSlot < next) {
      return false;
    }
    next = firstSlot + slots;
    return !given.remove(firstSlot);
  }

  /** Takes note of what was relocated since. */
  public void follow() {
    for (Relocation after = known.next(); after != null; after = after.next()) {
      known = after;
      boolean isListed =
          after.from() < next ? !owed.remove(after.from()) : given.remove(after.from());
      // What is known of the new slot is of an entry that was deleted.
      owed.remove(after.to());
      given.remove(after.to());
      if (isListed && after.to() >= next) {
        given.add(after.to());
      } else if (!isListed && after.to() < next) {
        owed.add(after.to());
      }
    }
  }

  /** Returns whether entries came to where the listing had passed. */
  public boolean hasOwed() {
    return !owed.isEmpty();
  }

  /** Returns the first slot of the next such entry. */
  public int owed() {
    return owed.first();
  }

  /** Takes note that it was looked at. */
  public void looked() {
    owed.pollFirst();
  }
}
