package dev.tcplay.testing;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets allocations fail: {@link InstrumentedClasses} has every one of its classes call {@link
 * #count()} where it allocates. One state for the whole process, so that a failure may hit any
 * thread. A test that arms it holds {@link #LOCK}, by {@code @ResourceLock}, since test classes run
 * at the same time.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // it tells where a failure was injected
public final class Allocations {

  /** The name of what only one test class at a time may have. */
  public static final String LOCK = "dev.tcplay.testing.Allocations";

  private static final AtomicLong countdown = new AtomicLong();
  private static volatile boolean armed;
  private static volatile boolean overflow;
  private static volatile long strikes;
  private static final AtomicReference<@Nullable Error> FIRST = new AtomicReference<>();

  private Allocations() {}

  /**
   * Lets allocations fail from now on.
   *
   * @param after how many succeed before
   * @param count how many fail then, in a row and in whatever threads
   * @param asOverflow whether the stack is full and not the heap
   */
  public static void arm(long after, long count, boolean asOverflow) {
    FIRST.set(null);
    overflow = asOverflow;
    strikes = count;
    countdown.set(after);
    armed = true;
  }

  /**
   * Lets all succeed again, and returns the first failure, in which the others are suppressed; null
   * if there was none.
   */
  public static @Nullable Error disarm() {
    armed = false;
    return FIRST.get();
  }

  /** Called at every allocation. */
  public static void count() {
    if (armed) {
      long left = countdown.getAndDecrement();
      if (left <= 0 && left > -strikes) {
        fail();
      }
    }
  }

  private static synchronized void note(Error error) {
    Error known = FIRST.get();
    if (known == null) {
      FIRST.set(error);
    } else {
      known.addSuppressed(error);
    }
  }

  private static void fail() {
    Error error = overflow ? new StackOverflowError("injected") : new OutOfMemoryError("injected");
    note(error);
    throw error;
  }
}
