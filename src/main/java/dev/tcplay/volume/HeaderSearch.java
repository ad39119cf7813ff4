package dev.tcplay.volume;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs trials side by side, one thread for each processor, until one opens a header. */
final class HeaderSearch {

  private HeaderSearch() {}

  /**
   * Returns the first header that one of several trials opens, or null. When it returns or throws,
   * no trial runs any more.
   *
   * @param trials none of them memory-hard
   * @param password input of the key derivation; not changed
   * @throws InterruptedException if the thread is interrupted
   */
  static @Nullable UnlockedHeader run(List<HeaderTrial> trials, byte[] password)
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
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      throw new IllegalStateException("trial of a header failed", e.getCause());
    } finally {
      end(pool);
      hits.forEach(UnlockedHeader::close);
    }
    return first;
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
