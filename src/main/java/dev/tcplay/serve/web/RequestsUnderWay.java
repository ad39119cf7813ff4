package dev.tcplay.serve.web;

import java.util.concurrent.TimeUnit;

/** Counts requests, and admits none any more once it was ended. Safe for several threads. */
final class RequestsUnderWay {

  private int count;
  private boolean ended;
  private boolean cutOff;

  /** Counts a request, unless there is to be none any more. */
  synchronized boolean enter() {
    if (!ended) {
      count++;
    }
    return !ended;
  }

  /** Takes leave of one that has entered. */
  synchronized void leave() {
    count--;
    notifyAll();
  }

  /** Admits none any more. */
  synchronized void end() {
    ended = true;
  }

  /** Asks those that last to give up. */
  synchronized void cutOff() {
    cutOff = true;
  }

  /** Tells whether a request is to give up what it does. */
  synchronized boolean isCutOff() {
    return cutOff;
  }

  /**
   * Waits until there is none, or the time is over.
   *
   * @return whether there is none
   */
  synchronized boolean awaitNone(long milliseconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    while (count > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
