package dev.tcplay.fs;

import java.util.Optional;

/**
 * Something that a check found amiss on a volume.
 *
 * @param kind what it is, as a fixed name in lower case such as {@code lost-clusters}
 * @param path the file or directory concerned, empty for the volume itself
 * @param text the facts, as one sentence
 * @param mended whether a repair has put it right; false where none was asked for
 */
public record Finding(String kind, Optional<String> path, String text, boolean mended) {

  /** Makes a finding that is not mended. */
  public Finding(String kind, Optional<String> path, String text) {
    this(kind, path, text, false);
  }

  /** Returns the same as mended. */
  public Finding asMended() {
    return new Finding(kind, path, text, true);
  }

  @Override
  public String toString() {
    return path.map(file -> file + ": ").orElse("")
        + text
        + " ["
        + kind
        + (mended ? ", mended]" : "]");
  }
}
