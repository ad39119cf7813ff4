package dev.tcplay.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the library makes of something that is named as a keyfile.
 *
 * @param path what was named, a file or a directory
 * @param files the files that count: the file itself, or those of the directory, sorted by name
 * @param skipped what of the directory does not count: names that begin with a dot, and what is no
 *     regular file
 * @param refusal what an opening with it would fail with, as it is missing, empty or a directory
 *     without keyfiles; empty if it can be used
 */
public record KeyfileInfo(
    Path path, List<Counted> files, List<Path> skipped, Optional<IOException> refusal) {

  /**
   * A file that counts.
   *
   * @param file the file
   * @param bytes how many of its bytes count, from its start; 0 where it was not read, as a warning
   *     says
   * @param longer whether it has more bytes, that do not count
   * @param warnings what is of note though it can be used, a sentence each
   */
  public record Counted(Path file, int bytes, boolean longer, List<String> warnings) {

    /** Copies the list. */
    public Counted {
      warnings = List.copyOf(warnings);
    }
  }

  /** Copies the lists. */
  public KeyfileInfo {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
  }
}
