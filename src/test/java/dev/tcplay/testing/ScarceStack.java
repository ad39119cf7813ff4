package dev.tcplay.testing;

import java.io.IOException;
import java.util.Random;

/** Runs actions near the end of the stack, so that they run out of it somewhere. */
public final class ScarceStack {

  private final Random random;
  private final int mostLeft;
  private boolean ran;
  private boolean ended;
  private Throwable failure;

  /** What runs there. */
  @FunctionalInterface
  public interface Action {
    /** Does it. */
    void run() throws IOException;
  }

  /** Runs actions somewhere. */
  @FunctionalInterface
  public interface Runner {
    /** Returns if the action did. */
    void run(Action action) throws IOException;
  }

  /**
   * Leaves random room to actions.
   *
   * @param mostLeft how many calls of a small method fit into it
   */
  public ScarceStack(Random random, int mostLeft) {
    this.random = random;
    this.mostLeft = mostLeft;
  }

  /** Runs an action some calls above the end of this thread's stack; throws if it throws. */
  public void run(Action action) throws IOException {
    ran = false;
    ended = false;
    failure = null;
    descend(action, 1 + random.nextInt(mostLeft));
    if (!ended) {
      throw new IOException(failure);
    }
  }

  /** Goes to the end, and returns how many calls there are below. */
  @SuppressWarnings("InfiniteRecursion") // Its end is that of the stack.
  private int descend(Action action, int back) {
    int below;
    try {
      below = descend(action, back);
    } catch (StackOverflowError e) {
      return 1;
    }
    if (below == back && !ran) {
      ran = true;
      try {
        action.run();
        ended = true;
      } catch (IOException | RuntimeException | Error e) {
        failure = e;
      }
    }
    return below + 1;
  }
}
