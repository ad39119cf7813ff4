package dev.tcplay.volume;

import dev.tcplay.crypto.InsufficientMemoryException;
import dev.tcplay.model.UnlockListener;
import dev.tcplay.volume.HeaderTrial.Rarity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan until one of its trials opens a header.
 *
 * <p>The thread that calls is the only one that plans: it hands out one block for each processor,
 * always the first in order of those that are needed now, and tries the candidates when their
 * blocks are there: one of each trial, then the next, since the first use of a cipher takes a fresh
 * process longer than a short derivation. A block for longer keys is needed only when all
 * candidates with shorter ones have failed, so no block is derived in vain before a hit but those
 * that run beside it. What fills memory runs last and by itself.
 *
 * <p>Rare candidates, those of TrueCrypt 1 to 4, wait until the next blocks are handed out. So they
 * are tried while this thread would only wait for these, and delay no other volume.
 */
final class HeaderSearch {

  private static final long TICK_MILLIS = 250;

  private final int processors = Runtime.getRuntime().availableProcessors();
  private final ExecutorService pool =
      Executors.newFixedThreadPool(processors, HeaderSearch::daemon);
  private final CompletionService<Outcome> outcomes = new ExecutorCompletionService<>(pool);
  private final PriorityQueue<TrialRun.Block> ready = new PriorityQueue<>(TrialRun.Block.ORDER);
  private final PriorityQueue<TrialRun> derived = new PriorityQueue<>(TrialRun.ORDER);
  private final Map<HeaderTrial, String> skipped = new LinkedHashMap<>();
  private final List<TrialRun> runs = new ArrayList<>();
  private final BlockDeriver deriver;
  private final ProgressMeter progress;
  private int running;

  /**
   * What came of a block.
   *
   * @param missing what the heap lacks to derive it, null if it is derived
   */
  private record Outcome(TrialRun.Block block, @Nullable String missing) {}

  HeaderSearch(TrialPlan plan, BlockDeriver deriver, UnlockListener listener) {
    this.deriver = deriver;
    int combinations = 0;
    long cost = 0;
    for (List<HeaderTrial> stage : plan.stages()) {
      int number = runs.size(); // grows from stage to stage
      for (HeaderTrial trial : stage) {
        TrialRun run = new TrialRun(trial, number, runs.size());
        runs.add(run);
        ready.addAll(run.nextBlocks());
        combinations += trial.candidates().size();
        cost += run.allBlocks() * trial.kdf().blockCost();
      }
    }
    progress = new ProgressMeter(listener, combinations, cost, System::nanoTime);
  }

  /** Returns the trials for which the heap was too small, each with what it said. */
  Map<HeaderTrial, String> skipped() {
    return skipped;
  }

  /**
   * Returns the first header that opens, or null. May be called once. When it returns or throws, no
   * block is derived any more and all keys are wiped.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  @Nullable UnlockedHeader run() throws InterruptedException {
    try {
      handOut();
      if (running > 0) {
        runs.get(0).trial().prepare(); // this thread would only wait
      }
      while (running > 0 || !derived.isEmpty()) {
        Future<Outcome> done =
            derived.isEmpty() ? outcomes.poll(TICK_MILLIS, TimeUnit.MILLISECONDS) : outcomes.poll();
        if (done != null) {
          take(done);
        } else if (!derived.isEmpty()) {
          UnlockedHeader header = tryNext(derived.remove());
          if (header != null) {
            return header;
          }
        }
        progress.report();
        if (derived.isEmpty() || derived.peek().rarity() != Rarity.USUAL) {
          handOut();
        }
      }
      return null;
    } finally {
      end();
      runs.forEach(TrialRun::close);
    }
  }

  /** Hands out blocks; called only where nothing usual that is derived waits for a trial. */
  private void handOut() {
    while (!ready.isEmpty() && running < processors && mayRun(ready.peek())) {
      TrialRun.Block block = ready.remove();
      running++;
      outcomes.submit(() -> derive(block));
    }
  }

  /**
   * What fills memory waits for all others, which all come earlier, and all wait for it. As long as
   * a key waits to be tried, its trial may still ask for another block.
   */
  private boolean mayRun(TrialRun.Block block) {
    boolean isAlone = running == 0 && derived.isEmpty();
    return isAlone || !block.run().trial().kdf().isMemoryHard();
  }

  private Outcome derive(TrialRun.Block block) throws InterruptedException {
    try {
      block.derive(deriver);
      return new Outcome(block, null);
    } catch (InsufficientMemoryException e) {
      return new Outcome(block, String.valueOf(e.getMessage()));
    }
  }

  private void take(Future<Outcome> done) throws InterruptedException {
    running--;
    Outcome outcome = outcome(done);
    TrialRun run = outcome.block().run();
    if (outcome.missing() != null) {
      skipped.put(run.trial(), outcome.missing());
      return;
    }
    progress.add(0, run.trial().kdf().blockCost());
    if (run.blockDerived()) {
      derived.add(run);
    }
  }

  private @Nullable UnlockedHeader tryNext(TrialRun run) {
    UnlockedHeader header = run.tryCandidate();
    if (header == null) {
      progress.add(1, 0);
      if (run.canTry()) {
        derived.add(run);
      } else if (!run.isOver()) {
        ready.addAll(run.nextBlocks());
      }
    }
    return header;
  }

  private static Outcome outcome(Future<Outcome> done) throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      throw new IllegalStateException("derivation of a key failed", e.getCause());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "tcplay-unlock");
    thread.setDaemon(true);
    return thread;
  }

  /** Stops the threads and waits until each has wiped what it holds, interrupted or not. */
  private void end() {
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
