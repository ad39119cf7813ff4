package dev.tcplay.block;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets operations in until it is shut, and tells when the last one has left. It can also be held
 * for a time: then those who come wait.
 *
 * <p>The count is spread over stripes, a cache line apart, so that threads that only pass through
 * do not slow each other down. A thread leaves by the stripe through which it entered; once a
 * stripe was seen empty after the gate was barred, nobody passes by it until the gate is opened.
 */
final class Gate {

  private final AtomicLongArray inside =
      new AtomicLongArray(Tuning.GATE_STRIPES * Tuning.LONGS_PER_LINE);

  /**
   * Locked by whoever bars the gate, as long as it is held, or until what it leads to is closed.
   */
  private final ReentrantLock barring = new ReentrantLock();

  private volatile boolean held;
  private volatile boolean shut;
  private volatile @Nullable Thread waiting;

  /**
   * Whether an operation has met the end of its thread's stack. It may then have had no stack to
   * leave by, so that whoever waits for it would wait for ever. Set without a call, which would
   * need stack.
   */
  volatile boolean overflowed;

  /** Enters; the caller owes a {@link #leave()} on the same thread. */
  void enter() throws ClosedChannelException {
    inside.getAndIncrement(stripe());
    if (held || shut) {
      leave();
      enterOnceOpen();
    }
  }

  private void enterOnceOpen() throws ClosedChannelException {
    if (shut) {
      throw new ClosedChannelException();
    }
    barring.lock();
    try {
      inside.getAndIncrement(stripe());
    } finally {
      barring.unlock();
    }
    if (shut) {
      leave();
      throw new ClosedChannelException();
    }
  }

  void leave() {
    inside.getAndDecrement(stripe());
    if (held || shut) {
      LockSupport.unpark(waiting);
    }
  }

  /**
   * Has those wait who come from now on, and waits until all who entered have left, or until all is
   * closed that the gate leads to. The caller has not entered, and owes an {@link #open()} on the
   * same thread.
   */
  void hold() {
    barring.lock();
    held = true;
    drain();
  }

  /** Ends a {@link #hold()}; a gate that is shut stays shut. */
  void open() {
    held = false;
    barring.unlock();
  }

  /** Refuses whoever comes from now on. */
  void shut() {
    shut = true;
  }

  /**
   * Keeps those out who would hold the gate, once it is not held; the caller, who has {@linkplain
   * #shut() shut} it, owes an {@link #open()} on the same thread when all is closed.
   */
  void beginClosing() {
    barring.lock();
    drain();
  }

  /**
   * Waits until all who entered have left; by one thread at a time, after the gate is barred. Once
   * an operation has met the end of its stack, it waits for {@value Tuning#GATE_PATIENCE_SECONDS} s
   * at most.
   */
  private void drain() {
    boolean interrupted = false;
    long start = System.nanoTime();
    waiting = Thread.currentThread();
    for (int stripe = 0; stripe < Tuning.GATE_STRIPES; stripe++) {
      while (inside.get(stripe * Tuning.LONGS_PER_LINE) != 0 && !(overflowed && isLate(start))) {
        LockSupport.parkNanos(this, Tuning.GATE_LOOK_NANOS);
        interrupted |= Thread.interrupted();
      }
    }
    waiting = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isLate(long start) {
    return System.nanoTime() - start > TimeUnit.SECONDS.toNanos(Tuning.GATE_PATIENCE_SECONDS);
  }

  private static int stripe() {
    return ((int) Thread.currentThread().getId() & (Tuning.GATE_STRIPES - 1))
        * Tuning.LONGS_PER_LINE;
  }
}
