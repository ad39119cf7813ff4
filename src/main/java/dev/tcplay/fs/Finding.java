package dev.tcplay.fs;

import java.util.Optional;

/**
 * Something that a check found amiss on a volume.
 *
 * @param kind what it is, as a fixed name in lower case such as {@code lost-clusters}
 * @param path the file or directory concerned, empty for the volume itself
 * @param text the facts, as one sentence
 */
public record Finding(String kind, Optional<String> path, String text) {

  @Override
  public String toString() {
    return path.map(file -> file + ": ").orElse("") + text + " [" + kind + "]";
  }
}
