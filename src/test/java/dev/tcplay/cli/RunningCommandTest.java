package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a signal does to a command. */
class RunningCommandTest {

  private final RunningCommand command = new RunningCommand(Duration.ofMinutes(1));
  private final CountDownLatch begun = new CountDownLatch(1);

  private final AtomicBoolean undone = new AtomicBoolean();

  private CompletableFuture<Integer> start(RunningCommand.Action work) {
    return CompletableFuture.supplyAsync(
        () ->
            command.run(
                () -> {
                  try {
                    work.run();
                    return 0;
                  } catch (IOException | RuntimeException e) {
                    assertTrue(RunningCommand.endsStopped(e));
                    return 3;
                  }
                }),
        task -> new Thread(task).start());
  }

  private static void awaitStop() {
    while (true) {
      RunningCommand.check();
      Thread.onSpinWait();
    }
  }

  @Test
  void theStopWaitsUntilWhatWasBegunIsUndone() throws Exception {
    CompletableFuture<Integer> run =
        start(
            () -> {
              RunningCommand.Unfinished unfinished = RunningCommand.begin();
              try (unfinished) {
                begun.countDown();
                awaitStop();
              } finally {
                undone.set(true);
              }
            });
    begun.await();
    assertEquals("interrupted", command.stop());
    assertTrue(undone.get());
    assertEquals(3, run.get());
  }

  @Test
  void whatKeepsThingsFromBeingUndoneIsSaid() throws Exception {
    CompletableFuture<Integer> run =
        start(
            () -> {
              RunningCommand.Unfinished unfinished = RunningCommand.begin();
              AutoCloseable volume =
                  () -> {
                    throw new IOException("storage full");
                  };
              try (unfinished;
                  volume) {
                begun.countDown();
                awaitStop();
              } catch (IOException | RuntimeException e) {
                throw e;
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    begun.await();
    assertEquals("interrupted; storage full", command.stop());
    assertEquals(3, run.get());
  }

  @Test
  void workThatWaitsIsInterruptedAndSaysHowItLeavesThings() throws Exception {
    AtomicBoolean interruptedAfterwards = new AtomicBoolean(true);
    CompletableFuture<Integer> run =
        start(
            () -> {
              try {
                RunningCommand.interruptibly(
                    () -> {
                      begun.countDown();
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new InterruptedIOException();
                      }
                    },
                    () -> "all is lost");
              } finally {
                interruptedAfterwards.set(Thread.currentThread().isInterrupted());
              }
            });
    begun.await();
    assertEquals("interrupted; all is lost", command.stop());
    assertEquals(3, run.get());
    assertFalse(interruptedAfterwards.get(), "what is still to be undone would be interrupted");
  }

  @Test
  void nothingIsBegunAfterTheStop() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    CompletableFuture<Integer> run =
        start(
            () -> {
              begun.countDown();
              try {
                stopped.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              assertThrows(StoppedException.class, RunningCommand::begin);
              assertThrows(
                  StoppedException.class,
                  () -> RunningCommand.interruptibly(() -> undone.set(true), () -> "nothing"));
              RunningCommand.check();
            });
    begun.await();
    // Nothing is to be undone, so that nobody waits for the thread.
    assertEquals("interrupted", command.stop());
    stopped.countDown();
    assertEquals(3, run.get());
    assertFalse(undone.get());
  }

  /** The statuses are those of signals, which this process may have been started to ignore. */
  @ParameterizedTest
  @ValueSource(strings = {"exit 129", "exit 130", "exit 143"})
  @DisabledOnOs(OS.WINDOWS)
  void aProgramThatTheSameSignalEndsBeforeUsIsNotBlamed(String end) throws Exception {
    AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    CompletableFuture<Integer> run =
        start(
            () -> {
              worker.set(Thread.currentThread());
              try {
                PasswordCommand.run("sh -c '" + end + "'").close();
              } catch (IOException | RuntimeException e) {
                failure.set(e);
                throw e;
              }
            });
    // It waits for a stop: what it waits for before has no timeout.
    while (!run.isDone()
        && (worker.get() == null || worker.get().getState() != Thread.State.TIMED_WAITING)) {
      Thread.sleep(1);
    }
    command.stop();
    assertEquals(3, run.get());
    assertInstanceOf(StoppedException.class, failure.get());
  }

  @Test
  void behindAStopNoStatusIsShown() throws Exception {
    StringWriter written = new StringWriter();
    StatusLine line = new StatusLine(new PrintWriter(written));
    CountDownLatch stopped = new CountDownLatch(1);
    CompletableFuture<Integer> run =
        start(
            () -> {
              line.show("1 %");
              begun.countDown();
              try {
                stopped.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              line.show("2 %");
              RunningCommand.check();
            });
    begun.await();
    assertEquals("interrupted", command.stop());
    assertTrue(command.isMidLine(), "what is said of the stop would stand behind the status");
    stopped.countDown();
    assertEquals(3, run.get());
    assertEquals("\r1 %", written.toString());
  }

  @Test
  void aStopThatComesTooLateSaysSo() throws Exception {
    assertEquals(7, command.run(() -> 7));
    assertEquals("interrupted; the command had ended", command.stop());
  }

  @Test
  void aProgramThatRunsNoCommandIsNotAskedToStop() throws IOException {
    RunningCommand.check();
    RunningCommand.begin().close();
    RunningCommand.interruptibly(() -> undone.set(true), () -> "nothing");
    assertTrue(undone.get());
    assertFalse(RunningCommand.endsStopped(new IOException()));
  }
}
