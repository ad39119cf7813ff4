package dev.tcplay.serve.sftp;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.apache.sshd.common.util.threads.NoCloseExecutor;

/**
 * The threads of one server, all daemons: some that move bytes, one for each talk, and one that
 * counts time.
 */
final class ServerThreads {

  private static final int MOVERS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final ExecutorService moving =
      new ThreadPoolExecutor(
          MOVERS,
          MOVERS,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          daemons("io"),
          new ThreadPoolExecutor.DiscardPolicy());
  private final ExecutorService talking =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("client"));
  private final ScheduledExecutorService timing =
      new ScheduledThreadPoolExecutor(1, daemons("timer"));

  private static ThreadFactory daemons(String kind) {
    return task -> {
      Thread thread = new Thread(task, "tcplay-sftp-" + kind);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Returns the threads that move bytes, as SSHD wants them. */
  CloseableExecutorService moving() {
    return new Moving(moving);
  }

  /** Returns the threads that do what clients ask. */
  CloseableExecutorService talking() {
    return new NoCloseExecutor(talking);
  }

  ScheduledExecutorService timing() {
    return timing;
  }

  void end() {
    for (ExecutorService threads : List.of(moving, talking, timing)) {
      threads.shutdown();
    }
  }

  /**
   * Takes tasks until its threads end, and then drops them. SSHD's own refuses them a little
   * earlier, by an exception in a thread of the JDK, which shows its stack.
   */
  private static final class Moving extends NoCloseExecutor {

    Moving(ExecutorService threads) {
      super(threads);
    }

    @Override
    public void execute(Runnable task) {
      executor.execute(task);
    }
  }
}
