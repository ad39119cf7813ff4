package dev.tcplay.volume;

import dev.tcplay.crypto.InsufficientMemoryException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs trials until one opens a header. Those that cost time run side by side, one thread for each
 * processor; those that cost memory run one at a time in the whole JVM.
 */
final class HeaderSearch {

  private static final Semaphore MEMORY_HARD = new Semaphore(1, true);

  private HeaderSearch() {}

  /**
   * Returns the first header that one of several trials opens, or null. When it returns or throws,
   * no trial runs any more.
   *
   * @param trials none of them memory-hard
   * @param password input of the key derivation; not changed
   * @throws InterruptedException if the thread is interrupted
   */
  static @Nullable UnlockedHeader sideBySide(List<HeaderTrial> trials, byte[] password)
      throws InterruptedException {
    int threads = Math.min(trials.size(), Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(threads, HeaderSearch::daemon);
    Queue<UnlockedHeader> hits = new ConcurrentLinkedQueue<>();
    UnlockedHeader first = null;
    try {
      CompletionService<Boolean> ends = new ExecutorCompletionService<>(pool);
      trials.forEach(trial -> ends.submit(task(trial, password, hits)));
      for (int i = 0; i < trials.size() && first == null; i++) {
        ends.take().get();
        first = hits.poll();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("trial of a header failed", e.getCause());
    } finally {
      end(pool);
      hits.forEach(UnlockedHeader::close);
    }
    return first;
  }

  /**
   * Returns the header if one memory-hard trial opens it, else null. Waits for its turn.
   *
   * @throws InsufficientMemoryException if the heap cannot hold it
   * @throws InterruptedException if the thread is interrupted
   */
  static @Nullable UnlockedHeader alone(HeaderTrial trial, byte[] password)
      throws InterruptedException, InsufficientMemoryException {
    MEMORY_HARD.acquire();
    try {
      return trial.run(password);
    } finally {
      MEMORY_HARD.release();
    }
  }

  private static Callable<Boolean> task(
      HeaderTrial trial, byte[] password, Queue<UnlockedHeader> hits) {
    return () -> {
      UnlockedHeader hit = trial.run(password);
      return hit != null && hits.add(hit);
    };
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "tcplay-unlock");
    thread.setDaemon(true);
    return thread;
  }

  /** Stops the trials and waits until each has wiped its keys, interrupted or not. */
  private static void end(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
