package dev.tcplay.fs.tree;

import dev.tcplay.fs.AttributeChange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an open file, and is to be handed over.
 *
 * @param resized whether sizes or clusters have changed
 * @param validLength how many bytes were written, the others are zeros
 * @param size the size in bytes
 * @param written when something was written last, null if the entry has that
 * @param change attributes to be changed besides
 * @param apart whether this must come after all that was handed over before
 */
public record FileNews(
    boolean resized,
    long validLength,
    long size,
    @Nullable Instant written,
    @Nullable AttributeChange change,
    boolean apart) {

  /** Returns whether the creation time changes. */
  public boolean isOfCreation() {
    return change != null && change.created().isPresent();
  }
}
