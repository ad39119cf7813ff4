package dev.tcplay.block.host;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the locks on host files anew once a second. POSIX drops the locks of a process when it
 * closes any channel on the file, whoever opened that: a lock that is lost so is there again before
 * long, or the loss is noticed.
 */
final class LockKeeper {

  private static final Set<HostFile> LOCKED = ConcurrentHashMap.newKeySet();

  /** Made with the first lock, of one daemon thread. */
  private static @Nullable ScheduledExecutorService timer;

  private LockKeeper() {}

  /** Keeps the lock of a file from now on. */
  static void add(HostFile file) {
    LOCKED.add(file);
    startTimer();
  }

  /** Not by a class of its own: an Error there would keep every later file from being opened. */
  private static synchronized void startTimer() {
    if (timer == null) {
      ScheduledExecutorService fresh =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "tcplay-lock");
                thread.setDaemon(true);
                return thread;
              });
      var unused =
          fresh.scheduleWithFixedDelay(
              LockKeeper::keepAllQuietly,
              Tuning.LOCK_INTERVAL_SECONDS,
              Tuning.LOCK_INTERVAL_SECONDS,
              TimeUnit.SECONDS);
      timer = fresh;
    }
  }

  /** What is thrown would end the timer. */
  private static void keepAllQuietly() {
    try {
      keepAll();
    } catch (RuntimeException | Error e) {
      // The next turn keeps them.
    }
  }

  /** Lets go of a file, whose lock was given back. */
  static void remove(HostFile file) {
    LOCKED.remove(file);
  }

  /** Takes all locks anew now; what is lost is remembered by its file. */
  static void keepAll() {
    for (HostFile file : LOCKED) {
      try {
        file.keepLock();
      } catch (RuntimeException | Error e) {
        // The file itself remembers what it lost; the others are kept all the same.
      }
    }
  }
}
