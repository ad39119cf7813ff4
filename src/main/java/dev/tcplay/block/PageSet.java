package dev.tcplay.block;

import org.jspecify.annotations.Nullable;

/**
 * A few frames that compete for the pages of equal hash. Looking up takes no lock; changes of a set
 * exclude each other and do no I/O.
 *
 * <p>A page just read starts near the end of its life and is kept longer once it is used again, so
 * that reading a large file once does not displace what is in use.
 */
final class PageSet {

  static final int WAYS = 8;
  static final int OLDEST = 3;

  private final @Nullable Frame[] ways = new @Nullable Frame[WAYS];
  private volatile int changes;

  /** Returns a number to be shown to {@link #admit}: taken before a page is read from below. */
  int changes() {
    return changes;
  }

  /** Returns a pinned frame that holds the page, null if there is none. */
  @Nullable Frame pin(long page) {
    for (Frame frame : ways) {
      if (frame != null && frame.pin(page)) {
        frame.age = 0;
        return frame;
      }
    }
    return null;
  }

  /**
   * Admits a page that was read from below into a claimed frame, unless it was written meanwhile or
   * is already here.
   *
   * @return a claimed frame for which the set has no use, null if there is none
   */
  synchronized @Nullable Frame admit(long page, Frame loaded, int changesBefore) {
    if (changes != changesBefore || holds(page)) {
      return loaded;
    }
    int way = victim();
    if (way < 0) {
      return loaded;
    }
    Frame displaced = ways[way];
    loaded.age = OLDEST - 1;
    loaded.release(page);
    ways[way] = loaded;
    return displaced;
  }

  /** Forgets a page that was written; whoever has it pinned may go on. */
  synchronized void forget(long page) {
    changes++;
    for (Frame frame : ways) {
      if (frame != null && frame.page == page) {
        frame.page = Frame.NO_PAGE;
        frame.age = OLDEST;
      }
    }
  }

  private boolean holds(long page) {
    for (Frame frame : ways) {
      if (frame != null && frame.page == page) {
        return true;
      }
    }
    return false;
  }

  /** Finds an empty way, or claims the frame that was of no use for longest; -1 if all are used. */
  private int victim() {
    int best = -1;
    for (int way = 0; way < WAYS; way++) {
      Frame frame = ways[way];
      if (frame == null) {
        return way;
      }
      if (best < 0 || frame.age > age(best)) {
        best = way;
      }
    }
    int missing = OLDEST - age(best);
    for (Frame frame : ways) {
      if (frame != null && missing > 0) {
        frame.age += missing;
      }
    }
    Frame frame = ways[best];
    return frame != null && frame.claim() ? best : -1;
  }

  private int age(int way) {
    Frame frame = ways[way];
    return frame == null ? OLDEST : frame.age;
  }
}
