package dev.tcplay.fs.fat;

import dev.tcplay.fs.Finding;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the caller of a check what it finds. */
record Findings(Consumer<Finding> consumer) {

  /** Reports something about the volume. */
  void volume(String kind, String text) {
    consumer.accept(new Finding(kind, Optional.empty(), text));
  }

  /** Reports something about a file or directory. */
  void file(String path, String kind, String text) {
    consumer.accept(new Finding(kind, Optional.of(path), text));
  }
}
