package dev.tcplay.sync;

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
public final class Gate {

  /** Counters, so that threads seldom share one. Row randomReadHit, two threads. */
  private static final int STRIPES = 8;

  /**
   * What keeps counters out of each other's cache lines, in longs: two lines of 64 bytes, as
   * processors fetch them in pairs. Row randomReadHit, two threads.
   */
  private static final int LONGS_PER_LINE = 16;

  /**
   * How long closing waits for an operation that may have had no stack to leave by: longer than any
   * transfer takes on a host that works. No row; GateTest shows it.
   */
  private static final int PATIENCE_SECONDS = 10;

  /** How often closing looks without being woken. No row: those who leave wake it. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final AtomicLongArray inside = new AtomicLongArray(STRIPES * LONGS_PER_LINE);

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
  public volatile boolean overflowed;

  /** Makes a gate that is open. */
  public Gate() {}

  /**
   * Enters; the caller owes a {@link #leave()} on the same thread.
   *
   * @throws ClosedChannelException if the gate is shut
   */
  public void enter() throws ClosedChannelException {
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

  /** Leaves by the thread that entered. */
  public void leave() {
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
  public void hold() {
    barring.lock();
    held = true;
    drain();
  }

  /** Ends a {@link #hold()}; a gate that is shut stays shut. */
  public void open() {
    held = false;
    barring.unlock();
  }

  /** Refuses whoever comes from now on. */
  public void shut() {
    shut = true;
  }

  /**
   * Keeps those out who would hold the gate, once it is not held; the caller, who has {@linkplain
   * #shut() shut} it, owes an {@link #open()} on the same thread when all is closed.
   */
  public void beginClosing() {
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
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      while (inside.get(stripe * LONGS_PER_LINE) != 0 && !(overflowed && isLate(start))) {
        LockSupport.parkNanos(this, LOOK_NANOS);
        interrupted |= Thread.interrupted();
      }
    }
    waiting = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isLate(long start) {
    return System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
  }

  private static int stripe() {
    return ((int) Thread.currentThread().getId() & (STRIPES - 1)) * LONGS_PER_LINE;
  }
}
