package dev.tcplay.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What is still to be done when the process is asked to end in the middle of a command: work that
 * undoes itself is interrupted, unfinished files are deleted, then volumes are closed, so that they
 * are not left as after a crash.
 */
final class AtExit {

  /** Something to be done at the end, unless it is released before. */
  interface Guard extends AutoCloseable {

    /** Forgets what was to be done; does nothing the second time. */
    void release();

    @Override
    default void close() {
      release();
    }
  }

  /** How long work that was interrupted may take to undo what it has begun, in seconds. */
  private static final int UNDOING = 5;

  private static final Map<Thread, CountDownLatch> INTERRUPTIBLE = new ConcurrentHashMap<>();
  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();
  private static final Set<Closeable> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtExit::run));
  }

  private AtExit() {}

  /** Has a file deleted. */
  static Guard delete(Path file) {
    UNFINISHED.add(file);
    return () -> UNFINISHED.remove(file);
  }

  /**
   * Has the calling thread interrupted, whose work then undoes what it has begun and releases the
   * guard.
   */
  static Guard interruptThisThread() {
    CountDownLatch done = new CountDownLatch(1);
    Thread worker = Thread.currentThread();
    INTERRUPTIBLE.put(worker, done);
    return () -> {
      INTERRUPTIBLE.remove(worker, done);
      done.countDown();
    };
  }

  /** Has a volume closed. */
  static Guard close(Closeable volume) {
    OPEN.add(volume);
    return () -> OPEN.remove(volume);
  }

  /** Does what is to be done. */
  static void run() {
    INTERRUPTIBLE.forEach(AtExit::interrupt);
    for (Path path : UNFINISHED) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException | RuntimeException ignored) {
        // The process ends; the file's name tells what it is.
      }
    }
    for (Closeable volume : OPEN) {
      try {
        volume.close();
      } catch (IOException | RuntimeException ignored) {
        // The process ends; the volume is as after a crash.
      }
    }
  }

  private static void interrupt(Thread worker, CountDownLatch done) {
    worker.interrupt();
    try {
      done.await(UNDOING, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
