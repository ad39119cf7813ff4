package dev.tcplay.fs.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A link in the history of a directory: an entry that got another name within it, and so began with
 * another slot. The directory knows the last link only; who lists it holds the one at which the
 * listing began, and so all that came since, and nobody else does.
 */
public final class Relocation {

  private final int from;
  private final int to;
  private volatile @Nullable Relocation next;

  private Relocation(int from, int to) {
    this.from = from;
    this.to = to;
  }

  /** Makes the beginning of a history. */
  public static Relocation none() {
    return new Relocation(-1, -1);
  }

  /** Adds a link to the last one, and returns it; under the lock of the directory, held alone. */
  public Relocation then(int fromSlot, int toSlot) {
    Relocation added = new Relocation(fromSlot, toSlot);
    next = added;
    return added;
  }

  /** Returns the first slot that the entry had before. */
  public int from() {
    return from;
  }

  /** Returns the first slot that the entry has now. */
  public int to() {
    return to;
  }

  /** Returns what came behind this, null if nothing did. */
  public @Nullable Relocation next() {
    return next;
  }
}
