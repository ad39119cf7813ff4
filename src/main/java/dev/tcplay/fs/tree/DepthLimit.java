package dev.tcplay.fs.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How far down a walk over a tree goes. No tree is so deep, and no directories that lie one in the
 * other are in so many pieces, unless somebody made them to take memory. Not safe for threads.
 */
public final class DepthLimit {

  private static final int MOST_DEPTH = 1 << 12;
  private static final long MOST_BYTES = 16 << 20;

  /** For each directory on the way, what knowing the clusters of those above it takes. */
  private final Deque<Long> bytesAbove = new ArrayDeque<>();

  /** Begins above the root. */
  public DepthLimit() {}

  /**
   * Returns why a directory in the innermost one is not to be entered, null if it may be.
   *
   * @param innermost bytes of memory that knowing the clusters of the innermost directory takes now
   */
  public @Nullable String refusal(long innermost) {
    if (bytesAbove.size() == MOST_DEPTH) {
      return "more than " + MOST_DEPTH + " directories lie one in the other";
    }
    long above = above();
    return above > 0 && above + innermost > MOST_BYTES
        ? "directories that lie one in the other are in more pieces than there is memory for"
        : null;
  }

  /**
   * Takes note that a directory in the innermost one was entered, or the root.
   *
   * @param innermost bytes of memory that knowing the clusters of the one above takes now
   */
  public void enter(long innermost) {
    bytesAbove.push(above() + innermost);
  }

  /** Takes note that the innermost directory was left. */
  public void leave() {
    bytesAbove.pop();
  }

  private long above() {
    Long bytes = bytesAbove.peek();
    return bytes == null ? 0 : bytes;
  }
}
