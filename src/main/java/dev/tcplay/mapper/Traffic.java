package dev.tcplay.mapper;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the transfers of one device pass, or has them wait. Its lock guards all that the device has,
 * and is held for moments only, never while a transfer or another device is waited for.
 *
 * <p>A table that is swapped out is closed by whoever swaps it, or, if transfers are still in it,
 * by the last of them.
 */
final class Traffic {

  private enum State {
    ACTIVE,
    /** New transfers wait, and somebody waits for the old ones, or sends a message. */
    CHANGING,
    SUSPENDED
  }

  /** Something done with a table. */
  @FunctionalInterface
  interface Work {
    void on(LiveTable table) throws IOException;
  }

  private final Supplier<String> name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.ACTIVE;

  /** Grows with each change of the state, so that who has begun one sees that it was ended. */
  private long turn;

  /** Lets transfers pass, of a device that is called by its name in messages. */
  Traffic(Supplier<String> name) {
    this.name = name;
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** Returns what is found under the lock. */
  <T> T look(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Begins a transfer, once they may pass; an interrupt does not end that wait, and is kept. */
  @Nullable LiveTable enter(Supplier<@Nullable LiveTable> atWork) {
    lock.lock();
    try {
      while (state != State.ACTIVE) {
        changed.awaitUninterruptibly();
      }
      LiveTable table = atWork.get();
      if (table != null) {
        table.users++;
      }
      return table;
    } finally {
      lock.unlock();
    }
  }

  /** Ends what {@link #enter} began. */
  void leave(@Nullable LiveTable table) {
    if (table != null) {
      try {
        end(table);
      } catch (IOException e) {
        // It was swapped out by force; whoever did that has not waited for this.
      }
    }
  }

  private void end(LiveTable table) throws IOException {
    if (left(table)) {
      table.close();
    }
  }

  /** Returns whether the caller was the last one in a table that is to be closed. */
  private boolean left(LiveTable table) {
    lock.lock();
    try {
      table.users--;
      if (table.users == 0) {
        changed.signalAll();
      }
      return table.users == 0 && table.retired;
    } finally {
      lock.unlock();
    }
  }

  // All that follows is for those who hold the lock.

  boolean isActive() {
    return state == State.ACTIVE;
  }

  boolean isSuspended() {
    return state == State.SUSPENDED;
  }

  /** Waits while somebody else stops the transfers, or sends a message. */
  void awaitChange() throws InterruptedIOException {
    while (state == State.CHANGING) {
      await();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // All callers loop.
  private void await() throws InterruptedIOException {
    try {
      changed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(
          name.get() + ": interrupted while its transfers were waited for");
    }
  }

  /**
   * Has new transfers wait, waits for those in flight, and flushes if asked to: until {@link
   * #suspend} or {@link #go}. An interrupt or a failure undoes it.
   */
  void stop(@Nullable LiveTable table, boolean flush) throws IOException {
    long mine = begin();
    boolean done = false;
    try {
      while (table != null && table.users > 0 && turn == mine) {
        await();
      }
      if (flush && table != null && turn == mine) {
        beside(table, LiveTable::flush);
      }
      if (turn != mine) {
        throw new IOException(name.get() + ": was removed meanwhile");
      }
      done = true;
    } finally {
      if (!done && turn == mine) {
        go();
      }
    }
  }

  private long begin() {
    state = State.CHANGING;
    return ++turn;
  }

  /** Has transfers wait from now on. */
  void suspend() {
    end(State.SUSPENDED);
  }

  /** Lets transfers pass, whatever was begun. */
  void go() {
    end(State.ACTIVE);
  }

  private void end(State next) {
    state = next;
    turn++;
    changed.signalAll();
  }

  /**
   * Does something with a table that cannot be closed meanwhile, without the lock. If the table was
   * swapped out meanwhile and this is the last in it, it is closed, and throws what that does.
   */
  void beside(LiveTable table, Work work) throws IOException {
    Closeable use = () -> end(table);
    table.users++;
    lock.unlock();
    try {
      try (use) {
        work.on(table);
      }
    } finally {
      lock.lock();
    }
  }

  /** Does the same with the table of a suspended device, which stays suspended meanwhile. */
  void alone(LiveTable table, Work work) throws IOException {
    long mine = begin();
    try {
      beside(table, work);
    } finally {
      if (turn == mine) {
        suspend();
      }
    }
  }
}
