package dev.tcplay.fs;

import java.util.Optional;

/** How a driver repairs a volume. Immutable. */
public final class RepairOptions {

  /** Space that no file owns is freed. */
  public static final RepairOptions DEFAULT = new RepairOptions(Optional.empty());

  private final Optional<String> keepLost;

  private RepairOptions(Optional<String> keepLost) {
    this.keepLost = keepLost;
  }

  /** Returns these options with a directory for space that no file owns, or without. */
  public RepairOptions withKeepLost(Optional<String> directory) {
    return new RepairOptions(directory);
  }

  /**
   * Returns the directory, by names separated by slashes, in which space that no file owns is kept
   * as files; it is made if it is missing. Empty: such space is freed.
   */
  public Optional<String> keepLost() {
    return keepLost;
  }
}
