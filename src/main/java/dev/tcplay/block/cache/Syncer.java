package dev.tcplay.block.cache;

import dev.tcplay.block.Registration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Commits in the background what has been dirty for an interval. A thread of its own, so that
 * volumes stacked in each other never wait for a shared one. It outlives whatever is thrown.
 */
final class Syncer {

  private final Committer committer;
  private final long intervalNanos;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Registered> actions = new CopyOnWriteArrayList<>();

  /** One registration; equal to no other, also of the same action. */
  private final class Registered implements Registration {

    private final Runnable action;

    private Registered(Runnable action) {
      this.action = action;
    }

    private void run() {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        // What could not be handed over is for the one who keeps it to tell.
      }
    }

    @Override
    public void close() {
      actions.remove(this);
    }
  }

  Syncer(Committer committer, Duration interval) {
    this.committer = committer;
    this.intervalNanos = interval.toNanos();
    Thread thread = new Thread(this::run, "tcplay-sync");
    thread.setDaemon(true);
    thread.start();
  }

  /** Has something done each time before a commit, without a lock; what it throws is dropped. */
  Registration beforeCommit(Runnable action) {
    Registered registered = new Registered(action);
    actions.add(registered);
    return registered;
  }

  private void run() {
    boolean goesOn = true;
    while (goesOn) {
      try {
        goesOn = committer.awaitWork() && !stopped.await(intervalNanos, TimeUnit.NANOSECONDS);
        if (goesOn) {
          sync();
        }
      } catch (InterruptedException e) {
        // Nobody knows this thread, so nobody interrupts it but to end it.
        goesOn = false;
      } catch (IOException | RuntimeException | Error e) {
        // The dirty pages stay, the next commit tries again, and force reports it.
      }
    }
  }

  private void sync() throws IOException {
    actions.forEach(Registered::run);
    if (stopped.getCount() > 0) {
      committer.commitThrough(Long.MAX_VALUE);
    }
  }

  /** Ends the thread; a commit under way is left to end. */
  void stop() {
    stopped.countDown();
    committer.end();
  }
}
