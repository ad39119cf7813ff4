package dev.tcplay.testing;

import java.util.Random;

/** Runs actions near the end of the stack, so that they run out of it somewhere. */
public final class ScarceStack {

  private static final int MOST_LEFT = 300;

  private final Random random;
  private boolean ran;

  /** Leaves random room to actions. */
  public ScarceStack(Random random) {
    this.random = random;
  }

  /** Runs an action in what is left of the stack some calls above its end; drops its overflow. */
  public void run(Runnable action) {
    ran = false;
    descend(action, 1 + random.nextInt(MOST_LEFT));
  }

  /** Goes to the end, and returns how many calls there are below. */
  private int descend(Runnable action, int back) {
    int below;
    try {
      below = descend(action, back);
    } catch (StackOverflowError e) {
      return 1;
    }
    if (below == back && !ran) {
      ran = true;
      action.run();
    }
    return below + 1;
  }
}
