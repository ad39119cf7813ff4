package dev.tcplay.fs.cluster;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.concurrent.locks.Lock;

/**
 * Runs what changes a volume, or what is known of it. If that ends by what nobody expects there,
 * such as an Error, memory and disk may differ: the volume is read-only from then on, and is so
 * before a lock is given back. Safe for any number of threads.
 */
public final class ChangeGuard {

  /** Something that may change the volume. */
  public interface Call<T> {
    T run() throws IOException;
  }

  /** A call without a result. */
  public interface Action {
    void run() throws IOException;
  }

  /** A flag and no exception, since there may be no memory for more. */
  private volatile boolean broken;

  /** Starts with a volume that is whole. */
  public ChangeGuard() {}

  /** Returns whether a change was ended halfway. */
  public boolean isBroken() {
    return broken;
  }

  /**
   * Makes a call. What refuses a call has changed nothing, and the failure of a device is noticed
   * where it occurs; arguments are checked before.
   */
  public <T> T call(Call<T> call) throws IOException {
    boolean expected = false;
    try {
      T result = call.run();
      expected = true;
      return result;
    } catch (IOException | InvalidPathException | ReadOnlyFileSystemException e) {
      expected = true;
      throw e;
    } finally {
      broken |= !expected;
    }
  }

  /** As {@link #call}, without a result. */
  public void run(Action action) throws IOException {
    call(
        () -> {
          action.run();
          return this;
        });
  }

  /** Makes a call under locks, which are taken in their order. */
  public <T> T callUnder(Call<T> call, Lock... locks) throws IOException {
    int held = 0;
    try {
      for (Lock lock : locks) {
        lock.lock();
        held++;
      }
      return call(call);
    } finally {
      while (held > 0) {
        locks[--held].unlock();
      }
    }
  }

  /** As {@link #callUnder}, without a result. */
  public void runUnder(Action action, Lock... locks) throws IOException {
    callUnder(
        () -> {
          action.run();
          return this;
        },
        locks);
  }

  /** Runs what does no I/O, such as what follows a commit. */
  public void runQuick(Runnable action) {
    boolean done = false;
    try {
      action.run();
      done = true;
    } finally {
      broken |= !done;
    }
  }
}
