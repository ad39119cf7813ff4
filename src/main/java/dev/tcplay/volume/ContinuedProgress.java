package dev.tcplay.volume;

import dev.tcplay.model.UnlockListener;
import dev.tcplay.model.UnlockProgress;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells a listener of several searches as of one that grows: what earlier ones have tried, and how
 * long, counts on. For the one thread that searches.
 */
final class ContinuedProgress implements UnlockListener {

  private static final UnlockProgress NOTHING =
      new UnlockProgress(0, 0, Duration.ZERO, Optional.empty());

  private final UnlockListener listener;
  private UnlockProgress earlier = NOTHING;
  private UnlockProgress told = NOTHING;

  ContinuedProgress(UnlockListener listener) {
    this.listener = listener;
  }

  @Override
  public void progress(UnlockProgress now) {
    told =
        new UnlockProgress(
            earlier.tried() + now.tried(),
            earlier.total() + now.total(),
            earlier.elapsed().plus(now.elapsed()),
            now.remaining());
    listener.progress(told);
  }

  /** Takes note that what is told from now on is of another search. */
  void nextSearch() {
    earlier = told;
  }
}
