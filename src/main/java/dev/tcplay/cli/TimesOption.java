package dev.tcplay.cli;

import picocli.CommandLine.Option;

/** The option that says whether copies have the times of what they are copied from. */
final class TimesOption {

  @Option(
      names = "--no-times",
      description = "Give copies the time of copying, not the times of what is copied.")
  private boolean none;

  /** Returns whether copies keep the times. */
  boolean areKept() {
    return !none;
  }
}
