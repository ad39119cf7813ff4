package dev.tcplay.cli;

import dev.tcplay.UnlockListener;
import dev.tcplay.UnlockProgress;
import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A line on a terminal that says how far the unlocking has come, written over and over and erased
 * at the end. It appears only when unlocking takes long.
 */
final class ProgressLine implements UnlockListener, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final @Nullable PrintWriter screen;
  private int width;

  /** Makes a line on a terminal; null means that there is none, and nothing is written. */
  ProgressLine(@Nullable PrintWriter screen) {
    this.screen = screen;
  }

  @Override
  public void progress(UnlockProgress progress) {
    if (screen != null && progress.elapsed().compareTo(PATIENCE) >= 0) {
      show(screen, text(progress));
    }
  }

  private static String text(UnlockProgress progress) {
    String tried =
        "unlocking: %d of %d combinations tried in %d s"
            .formatted(progress.tried(), progress.total(), progress.elapsed().toSeconds());
    return progress
        .remaining()
        .map(left -> tried + ", at most about %d s to go".formatted(left.toSeconds() + 1))
        .orElse(tried);
  }

  private void show(PrintWriter writer, String text) {
    writer.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
    writer.flush();
    width = text.length();
  }

  /** Erases the line. */
  @Override
  public void close() {
    if (screen != null && width > 0) {
      show(screen, "");
      screen.print("\r");
      screen.flush();
    }
  }
}
