package dev.tcplay.cli;

import dev.tcplay.model.UnlockListener;
import dev.tcplay.model.UnlockProgress;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Says on a terminal how far the unlocking has come, when that takes long. */
final class UnlockLine implements UnlockListener, AutoCloseable {

  private final StatusLine line;

  /** Makes a line on a terminal; null means that there is none, and nothing is written. */
  UnlockLine(@Nullable PrintWriter screen) {
    line = new StatusLine(screen);
  }

  @Override
  public void progress(UnlockProgress progress) {
    if (progress.elapsed().compareTo(StatusLine.PATIENCE) >= 0) {
      line.show(text(progress));
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

  /** Erases the line. */
  @Override
  public void close() {
    line.close();
  }
}
