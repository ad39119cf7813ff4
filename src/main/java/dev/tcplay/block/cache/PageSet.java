package dev.tcplay.block.cache;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The frames of pages of equal hash: a fixed number of clean ones, which compete, and all dirty
 * ones, which stay until they are written. Looking up takes no lock; changes of a set exclude each
 * other and do no I/O.
 *
 * <p>A page just read starts near the end of its life and is kept longer once it is used again, so
 * that reading a large file once does not displace what is in use. A page read ahead is kept until
 * it was asked for once.
 */
final class PageSet {

  private static final Frame[] NONE = {};

  private final @Nullable Frame[] ways = new @Nullable Frame[Tuning.WAYS];

  /** The page of each way, or one that it held before: tells in one glance where to look. */
  private final long[] pages = new long[Tuning.WAYS];

  /**
   * How long ago the frame of each way was of use, 0 to {@link Tuning#OLDEST}: here, so that a
   * search for the oldest one touches no frame. A hint, written by races.
   */
  private final byte[] ages = new byte[Tuning.WAYS];

  /** Whether the page of each way was read ahead and not asked for yet; a hint as well. */
  private final boolean[] ahead = new boolean[Tuning.WAYS];

  private volatile Frame[] dirty = NONE;
  private volatile int changes;

  /** Returns a number to be shown to {@link #admit}: taken before a page is read from below. */
  int changes() {
    return changes;
  }

  /** Returns a pinned frame that holds the page, null if there is none. */
  @Nullable Frame pin(long page) {
    // Dirty ones first: a frame that was written becomes clean before it stops being dirty.
    for (Frame frame : dirty) {
      if (frame.pin(page)) {
        return frame;
      }
    }
    for (int way = 0; way < Tuning.WAYS; way++) {
      Frame frame = pages[way] == page ? ways[way] : null;
      if (frame != null && frame.pin(page)) {
        touch(way);
        return frame;
      }
    }
    return null;
  }

  /** Notes that somebody asked for the page of a way. */
  private void touch(int way) {
    if (ahead[way]) {
      // Read ahead and now used is still but once used.
      ahead[way] = false;
      ages[way] = Tuning.OLDEST - 1;
    } else if (ages[way] != 0) {
      ages[way] = 0;
    }
  }

  /** Returns whether the page is here, or was a moment ago. */
  boolean holds(long page) {
    return dirty(page) != null || holdsClean(page);
  }

  /** Returns the dirty frame of a page, null if the page is clean. */
  @Nullable Frame dirty(long page) {
    for (Frame frame : dirty) {
      if (frame.page == page) {
        return frame;
      }
    }
    return null;
  }

  /**
   * Admits a page that was read from below into a claimed frame, unless it was written meanwhile or
   * is already here.
   *
   * @param unasked whether nobody has asked for the page yet
   * @return a claimed frame for which the set has no use, null if there is none
   */
  synchronized @Nullable Frame admit(long page, Frame loaded, int changesBefore, boolean unasked) {
    if (changes != changesBefore || dirty(page) != null || holdsClean(page)) {
      return loaded;
    }
    int way = victim();
    if (way < 0) {
      return loaded;
    }
    Frame displaced = ways[way];
    loaded.release(page);
    put(way, loaded, page, unasked ? 0 : Tuning.OLDEST - 1);
    ahead[way] = unasked;
    return displaced;
  }

  /**
   * Takes a claimed frame as the dirty one of a page, in a group.
   *
   * @return false if the set has changed since {@code changesBefore}, or the page was dirty already
   */
  synchronized boolean admitDirty(long page, Frame written, int changesBefore, PendingGroup group) {
    if (changes != changesBefore || dirty(page) != null) {
      return false;
    }
    // What may find no memory comes first, and what makes the page dirty last.
    Frame[] more = Arrays.copyOf(dirty, dirty.length + 1);
    more[dirty.length] = written;
    forget(page);
    written.release(page);
    // No call from here on, as it might find no room on the stack: a dirty page that is in no
    // group would never be written.
    written.nextInGroup = group.last;
    written.group = group;
    group.last = written;
    dirty = more;
    return true;
  }

  /**
   * Makes a dirty frame a clean one, now that it was written. Needs no memory.
   *
   * @param rest the dirty frames {@linkplain #dirtyWithout without} it
   * @return a claimed frame for which the set has no use, null if there is none
   */
  synchronized @Nullable Frame clean(Frame written, Frame[] rest) {
    // A writer may have copied the frame before it was last written to.
    changes++;
    int way = victim();
    Frame displaced = null;
    if (way >= 0) {
      displaced = ways[way];
      put(way, written, written.page, 0);
    }
    dirty = rest;
    if (way >= 0) {
      return displaced;
    }
    while (!written.claim()) {
      // Pins last as long as a copy of one page.
      Thread.onSpinWait();
    }
    return written;
  }

  /** Returns the dirty frames but for one; nobody admits or cleans a dirty frame meanwhile. */
  Frame[] dirtyWithout(Frame written) {
    Frame[] old = dirty;
    if (old.length == 1) {
      return NONE;
    }
    Frame[] rest = new Frame[old.length - 1];
    int kept = 0;
    for (Frame frame : old) {
      if (frame != written) {
        rest[kept++] = frame;
      }
    }
    return rest;
  }

  /** Forgets the clean frame of a page that was changed below; whoever has it pinned may go on. */
  synchronized void forget(long page) {
    forgetBetween(page, page + 1);
  }

  /** Forgets the clean frames of all pages from {@code first} until before {@code end}. */
  synchronized void forgetBetween(long first, long end) {
    changes++;
    for (int way = 0; way < Tuning.WAYS; way++) {
      Frame frame = pages[way] >= first && pages[way] < end ? ways[way] : null;
      if (frame != null) {
        frame.page = Frame.NO_PAGE;
        ages[way] = Tuning.OLDEST;
        pages[way] = Frame.NO_PAGE;
      }
    }
  }

  private void put(int way, Frame frame, long page, int age) {
    ways[way] = frame;
    pages[way] = page;
    ages[way] = (byte) age;
    ahead[way] = false;
  }

  private boolean holdsClean(long page) {
    for (int way = 0; way < Tuning.WAYS; way++) {
      if (pages[way] == page && ways[way] != null) {
        return true;
      }
    }
    return false;
  }

  /** Finds an empty way, or claims the frame that was of no use for longest; -1 if all are used. */
  private int victim() {
    int victim = -1;
    int oldest = -1;
    for (int way = 0; way < Tuning.WAYS; way++) {
      if (ways[way] == null) {
        return way;
      }
      if (ages[way] > oldest) {
        oldest = ages[way];
        victim = way;
      }
    }
    Frame frame = ways[victim];
    if (frame == null || !frame.claim()) {
      return anyToClaim();
    }
    if (oldest < Tuning.OLDEST) {
      growOlder(Tuning.OLDEST - oldest);
    }
    return victim;
  }

  private int anyToClaim() {
    for (int way = 0; way < Tuning.WAYS; way++) {
      Frame frame = ways[way];
      if (frame != null && frame.claim()) {
        return way;
      }
    }
    return -1;
  }

  private void growOlder(int years) {
    for (int way = 0; way < Tuning.WAYS; way++) {
      ages[way] = (byte) Math.min(Tuning.OLDEST, ages[way] + years);
    }
  }
}
