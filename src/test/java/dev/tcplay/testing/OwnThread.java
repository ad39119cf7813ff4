package dev.tcplay.testing;

/**
 * Runs each task in a thread of its own. The common pool may have one thread only, which other
 * tests' tasks keep busy.
 */
public final class OwnThread {

  private OwnThread() {}

  /** Runs a task; to be given as an {@code Executor}. */
  public static void run(Runnable task) {
    new Thread(task, "own thread of a test").start();
  }
}
