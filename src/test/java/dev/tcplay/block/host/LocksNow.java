package dev.tcplay.block.host;

/** Has locks taken anew without waiting for the timer. */
final class LocksNow {

  private LocksNow() {}

  /** Returns when each lock was taken anew after the call, also where the timer is at it. */
  static void keepAll() {
    while (!LockKeeper.keepAll(Runnable::run)) {
      Thread.onSpinWait();
    }
  }
}
