package dev.tcplay.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the JDK that runs these tests, in a process without a console. */
final class JavaProcess {

  /** Something that comes to hold while the process runs. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Returns whether the process has ended, after a time in which it should have. */
  private interface Waiting {
    boolean awaitEnd(Process process) throws IOException, InterruptedException;
  }

  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final int MINUTES = 3;
  private static final int TICK = 20;

  private final ProcessBuilder builder;
  private byte[] in = {};

  private JavaProcess(List<String> command) {
    // Without the terminal of whoever runs the tests, on which it could ask.
    if (Files.isExecutable(SETSID)) {
      command.add(0, SETSID.toString());
    }
    builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("TCPLAY_PASSWORD_FILE");
  }

  /** Returns the launcher {@code java}, with its own options. */
  static JavaProcess java(Object... options) {
    return tool("java").arguments(options);
  }

  /** Returns the command from the class path of the tests, with options of the launcher. */
  static JavaProcess main(Object... options) {
    return java("-cp", System.getProperty("java.class.path"))
        .arguments(options)
        .arguments(Main.class.getName());
  }

  /** Returns a tool of the JDK. */
  static JavaProcess tool(String name) {
    Path tool = Path.of(System.getProperty("java.home"), "bin", name);
    return new JavaProcess(new ArrayList<>(List.of(tool.toString())));
  }

  /** Returns another program. */
  static JavaProcess program(String name) {
    return new JavaProcess(new ArrayList<>(List.of(name)));
  }

  JavaProcess arguments(Object... arguments) {
    for (Object argument : arguments) {
      builder.command().add(argument.toString());
    }
    return this;
  }

  JavaProcess environment(String name, Object value) {
    builder.environment().put(name, value.toString());
    return this;
  }

  JavaProcess in(String text) {
    in = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** Leaves out what the JDK says when its preferences are used for the first time. */
  private static String ownWords(String err) {
    return err.replaceAll(".* java\\.util\\.prefs\\..*\\RINFO: Created user preferences.*\\R", "");
  }

  /** Runs the process to its end. */
  CommandRun.Result run() throws IOException, InterruptedException {
    return runUntil(() -> false);
  }

  /** Runs the process to its end, for which it is asked as soon as something holds. */
  CommandRun.Result runUntil(Condition condition) throws IOException, InterruptedException {
    return run(
        process -> {
          boolean ended = false;
          for (long i = 0; !ended && i < MINUTES * 60_000L / TICK; i++) {
            ended = process.waitFor(TICK, TimeUnit.MILLISECONDS);
            if (condition.holds()) {
              process.destroy();
            }
          }
          return ended;
        });
  }

  /** Runs the process, which gets a signal after a time, to its end. */
  CommandRun.Result runWithSignal(String signal, Duration after)
      throws IOException, InterruptedException {
    return run(
        process -> {
          if (!process.waitFor(after.toNanos(), TimeUnit.NANOSECONDS)) {
            String id = Long.toString(process.pid());
            new ProcessBuilder("kill", "-s", signal, id).start().waitFor();
          }
          return process.waitFor(MINUTES, TimeUnit.MINUTES);
        });
  }

  private CommandRun.Result run(Waiting waiting) throws IOException, InterruptedException {
    Path out = Files.createTempFile("process", ".out");
    Path err = Files.createTempFile("process", ".err");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(in);
      }
      if (!waiting.awaitEnd(process)) {
        process.destroyForcibly();
        throw new IOException("no end of " + builder.command());
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(Files.readAllBytes(out));
      return new CommandRun.Result(process.exitValue(), bytes, ownWords(Files.readString(err)));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
