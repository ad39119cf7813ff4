package dev.tcplay.block.host;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Takes the locks on host files anew once a second. POSIX drops the locks of a process when it
 * closes any channel on the file, whoever opened that: a lock that is lost so is there again before
 * long, or the loss is noticed.
 *
 * <p>Each file is kept by a task of its own, since a host that hangs must not keep the locks of all
 * others from being kept. A task that has not ended is not begun again.
 */
final class LockKeeper {

  /** Something with a lock. */
  @FunctionalInterface
  interface Kept {
    /** Takes the lock anew, and remembers if it is lost. */
    void keepLock();
  }

  /** What has a lock, and whether a task is keeping it now. */
  private static final Map<Kept, AtomicBoolean> LOCKED = new ConcurrentHashMap<>();

  /** Made with the first lock, of one daemon thread. */
  private static @Nullable ScheduledExecutorService timer;

  private LockKeeper() {}

  /** Keeps a lock from now on. */
  static void add(Kept file) {
    LOCKED.putIfAbsent(file, new AtomicBoolean());
    startTimer();
  }

  /** Not by a class of its own: an Error there would keep every later file from being opened. */
  private static synchronized void startTimer() {
    if (timer == null) {
      Executor tasks = Executors.newCachedThreadPool(LockKeeper::daemon);
      ScheduledExecutorService fresh =
          Executors.newSingleThreadScheduledExecutor(LockKeeper::daemon);
      var unused =
          fresh.scheduleWithFixedDelay(
              () -> keepAllQuietly(tasks),
              Tuning.LOCK_INTERVAL_SECONDS,
              Tuning.LOCK_INTERVAL_SECONDS,
              TimeUnit.SECONDS);
      timer = fresh;
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "tcplay-lock");
    thread.setDaemon(true);
    return thread;
  }

  /** What is thrown would end the timer. */
  private static void keepAllQuietly(Executor tasks) {
    try {
      keepAll(tasks);
    } catch (RuntimeException | Error e) {
      // The next turn keeps them.
    }
  }

  /** Lets go of a file, whose lock was given back. */
  static void remove(Kept file) {
    LOCKED.remove(file);
  }

  /**
   * Has all locks taken anew now, but those that are being taken; their files remember losses.
   *
   * @return whether none was being taken already
   */
  static boolean keepAll(Executor tasks) {
    boolean all = true;
    for (Map.Entry<Kept, AtomicBoolean> entry : LOCKED.entrySet()) {
      all &= begin(entry.getKey(), entry.getValue(), tasks);
    }
    return all;
  }

  private static boolean begin(Kept file, AtomicBoolean busy, Executor tasks) {
    if (busy.getAndSet(true)) {
      return false;
    }
    boolean begun = false;
    try {
      tasks.execute(() -> keep(file, busy));
      begun = true;
    } finally {
      if (!begun) {
        busy.set(false);
      }
    }
    return true;
  }

  private static void keep(Kept file, AtomicBoolean busy) {
    try {
      file.keepLock();
    } catch (RuntimeException | Error e) {
      // The file itself remembers what it lost; the next turn looks again.
    } finally {
      busy.set(false);
    }
  }
}
