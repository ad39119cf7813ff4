package dev.tcplay.fs.cluster;

/**
 * How many names a check keeps at once to compare them: those of all directories that it is in the
 * midst of share this, so that no tree takes more memory, however large and deep. Not safe for
 * threads.
 */
public final class NameBudget {

  /** The kind of the finding that not all names were compared, which is no damage. */
  public static final String NOT_COMPARED = "names-not-compared";

  /** How many names are kept: they take 13 MiB at most. */
  public static final int MOST = 1 << 18;

  private int left = MOST;
  private boolean leftOut;

  /** Starts with all that there is. */
  public NameBudget() {}

  /** Takes room for names, or something else of that size; false if not so much is left. */
  public boolean take(int names) {
    boolean isEnough = names <= left;
    if (isEnough) {
      left -= names;
    }
    return isEnough;
  }

  /** Takes note that there was no room for a name. */
  void leaveOut() {
    leftOut = true;
  }

  /** Gives room back. */
  public void give(int names) {
    left += names;
  }

  /** Says once, at the end of a check, if there was no room for a name. */
  public void report(Findings findings) {
    if (leftOut) {
      findings.volume(
          NOT_COMPARED,
          "not all names were compared: %d are kept of a directory and those above it"
              .formatted(MOST));
    }
  }
}
