package dev.tcplay.nio;

import java.nio.file.CopyOption;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What options to copy or move a file with ask for.
 *
 * @param replace whether a target that exists is replaced
 * @param copyAttributes whether a copy has the attributes of its source
 * @param atomic whether a move must be one step
 * @param follow whether what a link leads to is copied, and not the link
 */
record CopyOptions(boolean replace, boolean copyAttributes, boolean atomic, boolean follow) {

  /**
   * Reads the options of a copy.
   *
   * @throws UnsupportedOperationException if one is unknown, or a move's
   */
  static CopyOptions ofCopy(CopyOption... options) {
    return of(StandardCopyOption.ATOMIC_MOVE, options);
  }

  /**
   * Reads the options of a move. An atomic one ignores the others, and replaces.
   *
   * @throws UnsupportedOperationException if one is unknown, or a copy's
   */
  static CopyOptions ofMove(CopyOption... options) {
    return of(StandardCopyOption.COPY_ATTRIBUTES, options);
  }

  private static CopyOptions of(StandardCopyOption excluded, CopyOption... options) {
    Set<StandardCopyOption> known = EnumSet.noneOf(StandardCopyOption.class);
    boolean follow = true;
    for (CopyOption option : options) {
      Objects.requireNonNull(option, "option");
      if (option instanceof StandardCopyOption standard && standard != excluded) {
        known.add(standard);
      } else if (option == LinkOption.NOFOLLOW_LINKS) {
        follow = false;
      } else {
        throw new UnsupportedOperationException("the option " + option + " does not suit");
      }
    }
    boolean atomic = known.contains(StandardCopyOption.ATOMIC_MOVE);
    return new CopyOptions(
        atomic || known.contains(StandardCopyOption.REPLACE_EXISTING),
        known.contains(StandardCopyOption.COPY_ATTRIBUTES),
        atomic,
        follow);
  }
}
