package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command while it runs, which a signal may ask to stop. The thread that runs it undoes by itself
 * what it has begun, and closes what it has opened, so that nobody else touches its files: it sees
 * the wish at the next {@link #check}, or by an interrupt where it may wait for long. As long as
 * something is {@link Unfinished}, the process waits for the end of the command.
 */
final class RunningCommand {

  /** Does I/O. */
  interface Action {
    void run() throws IOException;
  }

  /** Something that must not be left as it is; closing it says that it is not so any more. */
  interface Unfinished extends AutoCloseable {

    /** Does nothing the second time. */
    @Override
    void close();
  }

  /**
   * How long a command may take to undo what it has begun, in minutes. It is at work all the while,
   * such as to bring a large file to a slow storage; who cannot wait may kill the process.
   */
  private static final long PATIENCE = 10;

  /** How long after another process we may learn of a signal that both get. */
  private static final Duration SIGNAL_DELAY = Duration.ofSeconds(2);

  /** The command that a thread runs. */
  private static final ThreadLocal<@Nullable RunningCommand> CURRENT = new ThreadLocal<>();

  private final Duration signalDelay;
  private @Nullable Thread worker;
  private volatile boolean stopping;
  private boolean ended;
  private boolean interruptible;
  private int unfinished;
  private String state = "";
  private volatile boolean midLine;
  private volatile boolean handedOver;

  RunningCommand() {
    this(SIGNAL_DELAY);
  }

  /**
   * For tests, in which the signal comes whenever they are given time.
   *
   * @param signalDelay how long {@link #awaitStop} waits
   */
  RunningCommand(Duration signalDelay) {
    this.signalDelay = signalDelay;
  }

  /** Runs the command in this thread and returns its exit status. */
  int run(IntSupplier command) {
    synchronized (this) {
      worker = Thread.currentThread();
    }
    CURRENT.set(this);
    try {
      return command.getAsInt();
    } finally {
      CURRENT.remove();
      end();
    }
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * Asks the command to stop, and waits for its end if it has begun something.
   *
   * @return what to say of it
   */
  synchronized String stop() throws InterruptedException {
    if (ended) {
      return "interrupted; the command had ended";
    }
    stopping = true;
    notifyAll();
    if (interruptible && worker != null) {
      worker.interrupt();
    }
    if (unfinished > 0) {
      awaitEnd(System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE));
    }
    return "interrupted" + state;
  }

  private synchronized void awaitEnd(long deadline) throws InterruptedException {
    if (!await(() -> ended, deadline)) {
      state = "; what was being written is left as after a crash";
    }
  }

  /** Returns whether it came true before the deadline. */
  private synchronized boolean await(BooleanSupplier done, long deadline)
      throws InterruptedException {
    while (!done.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /**
   * Throws if the command that this thread runs was asked to stop; what is long asks now and then.
   *
   * @throws StoppedException if it was
   */
  static void check() {
    if (isStopping()) {
      throw new StoppedException(null, null);
    }
  }

  /** Returns whether the command that this thread runs was asked to stop. */
  static boolean isStopping() {
    RunningCommand command = CURRENT.get();
    return command != null && command.stopping;
  }

  /**
   * Waits for a while for the wish that the command that this thread runs stops, as a signal tells
   * all processes of a terminal, and what we run may end before we know.
   *
   * @throws StoppedException if it came
   */
  static void awaitStop() throws InterruptedException {
    RunningCommand command = CURRENT.get();
    if (command != null) {
      command.await(() -> command.stopping, System.nanoTime() + command.signalDelay.toNanos());
      check();
    }
  }

  /** Says whether a line stands on the terminal that has no end, such as a question. */
  static void setMidLine(boolean value) {
    RunningCommand command = CURRENT.get();
    if (command != null) {
      command.midLine = value;
    }
  }

  /** Says that the process is a program's from now on: its end is not the command's to tell. */
  static void handOver() {
    RunningCommand command = CURRENT.get();
    if (command != null) {
      command.handedOver = true;
    }
  }

  /** Returns whether the process is a program's. */
  boolean isHandedOver() {
    return handedOver;
  }

  /** Returns whether what is said next belongs on a new line. */
  boolean isMidLine() {
    return midLine;
  }

  /**
   * Says that something is begun which must not be left as it is.
   *
   * @throws StoppedException if the command was asked to stop
   */
  static Unfinished begin() {
    RunningCommand command = CURRENT.get();
    return command == null ? () -> {} : command.beginThis();
  }

  private synchronized Unfinished beginThis() {
    check();
    unfinished++;
    return new Unfinished() {
      private boolean open = true;

      @Override
      public void close() {
        synchronized (RunningCommand.this) {
          unfinished -= open ? 1 : 0;
          open = false;
        }
      }
    };
  }

  /**
   * Does what must be undone, or told, when it does not come to its end; a stop interrupts it. The
   * thread has no interrupt afterwards.
   *
   * @param action undoes itself when it is interrupted
   * @param leaves says how a stop leaves things
   * @throws StoppedException if a stop has ended it
   */
  static void interruptibly(Action action, Supplier<String> leaves) throws IOException {
    try {
      Unfinished begun = begin();
      try (begun) {
        setInterruptible(true);
        check();
        action.run();
      } finally {
        setInterruptible(false);
      }
    } catch (IOException | RuntimeException e) {
      if (isStopping()) {
        throw new StoppedException(leaves.get(), e);
      }
      throw e;
    }
  }

  /**
   * Does what {@link #interruptibly} does, of the library's, whose own failure says how a stop has
   * left things; it says nothing where nothing was begun.
   *
   * @param leaves says so then
   */
  static void interruptiblyTelling(Action action, Supplier<String> leaves) throws IOException {
    try {
      interruptibly(action, leaves);
    } catch (StoppedException e) {
      throw e.getCause() instanceof FileSystemException state
          ? new StoppedException(Failures.message(state), state)
          : e;
    }
  }

  private static void setInterruptible(boolean value) {
    RunningCommand command = CURRENT.get();
    if (command == null) {
      return;
    }
    synchronized (command) {
      command.interruptible = value;
      if (!value && command.stopping) {
        // The interrupt has done its work, and must not end what is still to be undone.
        Thread.interrupted();
      }
    }
  }

  /**
   * Takes what has ended the command that this thread runs for a part of the line that a stop
   * prints.
   *
   * @return whether the command was asked to stop; else the failure is to be told as any other
   */
  static boolean endsStopped(Exception failure) {
    RunningCommand command = CURRENT.get();
    if (command == null || !command.stopping) {
      return false;
    }
    command.setState(failure);
    return true;
  }

  private synchronized void setState(Exception failure) {
    String own =
        failure instanceof StoppedException ? failure.getMessage() : Failures.message(failure);
    state =
        Stream.concat(
                Stream.ofNullable(own), Stream.of(failure.getSuppressed()).map(Failures::message))
            .map(text -> "; " + text)
            .collect(Collectors.joining());
  }
}
