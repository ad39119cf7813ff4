package dev.tcplay.fs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose a node is and who may use it, as file systems of POSIX record it. Nobody is kept from
 * anything by that: whoever can open the container may read it. Immutable.
 */
public final class PosixFacts {

  /** The bits of a mode that say who may do what; the type of the node is not among them. */
  private static final int MODE_BITS = 0_7777;

  private final int mode;
  private final long links;
  private final long owner;
  private final long group;
  private final @Nullable String ownerName;
  private final @Nullable String groupName;

  private PosixFacts(
      int mode,
      long links,
      long owner,
      long group,
      @Nullable String ownerName,
      @Nullable String groupName) {
    this.mode = mode;
    this.links = links;
    this.owner = owner;
    this.group = group;
    this.ownerName = ownerName;
    this.groupName = groupName;
  }

  /**
   * Returns the facts of a node that has one name and belongs to user and group 0.
   *
   * @param mode the mode, of which the lowest twelve bits count: set-user-id, set-group-id, sticky,
   *     and three bits each for owner, group and others
   */
  public static PosixFacts of(int mode) {
    return new PosixFacts(mode & MODE_BITS, 1, 0, 0, null, null);
  }

  /** Returns the same with a mode, as {@link #of} takes it. */
  public PosixFacts withMode(int newMode) {
    return new PosixFacts(newMode & MODE_BITS, links, owner, group, ownerName, groupName);
  }

  /** Returns the same with a number of names; a directory's includes those in itself. */
  public PosixFacts withLinks(long number) {
    return new PosixFacts(mode, number, owner, group, ownerName, groupName);
  }

  /** Returns the same with an owner and a group, of whom only the numbers are known. */
  public PosixFacts withOwner(long user, long itsGroup) {
    return new PosixFacts(mode, links, user, itsGroup, null, null);
  }

  /** Returns the same with names of the owner and the group, where the volume records them. */
  public PosixFacts withNames(Optional<String> user, Optional<String> itsGroup) {
    return new PosixFacts(mode, links, owner, group, user.orElse(null), itsGroup.orElse(null));
  }

  /** Returns the mode: 0 to 07777, without the type. */
  public int mode() {
    return mode;
  }

  /** Returns how many names the node has. */
  public long links() {
    return links;
  }

  /** Returns the number of the owner. */
  public long owner() {
    return owner;
  }

  /** Returns the number of the group. */
  public long group() {
    return group;
  }

  /** Returns the name of the owner, empty where the volume records only the number. */
  public Optional<String> ownerName() {
    return Optional.ofNullable(ownerName);
  }

  /** Returns the name of the group, empty where the volume records only the number. */
  public Optional<String> groupName() {
    return Optional.ofNullable(groupName);
  }
}
