package dev.tcplay.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks a person who has to answer in time. A terminal cannot take a question back: after one that
 * was left open, nobody is asked any more.
 */
final class TimedPrompt {

  private static final class Answer {

    private final char @Nullable [] typed;

    Answer(char @Nullable [] typed) {
      this.typed = typed;
    }

    void wipe() {
      if (typed != null) {
        Arrays.fill(typed, '\0');
      }
    }
  }

  private final Terminal terminal;
  private boolean leftOpen;

  TimedPrompt(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Returns a terminal whose questions must be answered in time; zero is no limit. */
  Terminal within(Duration timeout) {
    return terminal.with(question -> ask(question, timeout));
  }

  private synchronized char @Nullable [] ask(String question, Duration timeout) {
    if (leftOpen) {
      return null;
    }
    if (timeout.isZero()) {
      return terminal.prompt().ask(question);
    }
    BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(1);
    AtomicBoolean late = new AtomicBoolean();
    Thread asker =
        new Thread(
            () -> {
              Answer answer = new Answer(terminal.prompt().ask(question));
              answers.add(answer);
              if (late.get()) {
                answer.wipe();
              }
            },
            "tcplay-prompt");
    asker.setDaemon(true);
    asker.start();
    try {
      Answer answer = answers.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (answer != null) {
        return answer.typed;
      }
      terminal.complain("timeout=: nobody has answered in " + timeout.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    leftOpen = true;
    late.set(true);
    Answer last = answers.poll();
    if (last != null) {
      last.wipe();
    }
    return null;
  }
}
