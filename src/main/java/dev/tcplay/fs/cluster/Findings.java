package dev.tcplay.fs.cluster;

import dev.tcplay.fs.Finding;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the caller of a check what it finds. */
public record Findings(Consumer<Finding> consumer) {

  /** Reports something about the volume. */
  public void volume(String kind, String text) {
    consumer.accept(new Finding(kind, Optional.empty(), text));
  }

  /** Reports something about a file or directory. */
  public void file(String path, String kind, String text) {
    consumer.accept(new Finding(kind, Optional.of(path), text));
  }
}
