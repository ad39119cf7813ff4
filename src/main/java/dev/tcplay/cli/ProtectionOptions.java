package dev.tcplay.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that protect a hidden volume while its outer one is used. */
final class ProtectionOptions {

  @Option(
      names = "--protect-hidden",
      description = {
        "Keep the hidden volume in FILE from being overwritten: what would write into it is refused,"
            + " and so is all that comes later."
      })
  private boolean wanted;

  @Mixin private HiddenKeyOptions keys = new HiddenKeyOptions();

  /** Returns whether a hidden volume is to be protected. */
  boolean areWanted() {
    return wanted;
  }

  /** Returns what opens it. */
  OtherKeyOptions keys() {
    return keys;
  }

  /**
   * Checks that nothing is said of a hidden volume that is not protected.
   *
   * @throws IllegalArgumentException if something is
   */
  void check() {
    if (!keys.said().areNone() && !wanted) {
      throw new IllegalArgumentException(
          "--hidden-password, --hidden-password-file, --hidden-password-command, --hidden-keyfile, --hidden-pim and"
              + " --hidden-hash go with --protect-hidden");
    }
  }
}
