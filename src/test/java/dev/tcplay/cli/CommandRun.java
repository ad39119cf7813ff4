package dev.tcplay.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Runs the command in this virtual machine, with streams and a console of the test's own. */
final class CommandRun {

  /**
   * How a run ended.
   *
   * @param status its exit status
   * @param stdout what it wrote to standard output
   * @param err what it wrote to standard error
   */
  record Result(int status, ByteArrayOutputStream stdout, String err) {

    /** Returns standard output as bytes. */
    byte[] bytes() {
      return stdout.toByteArray();
    }

    /** Returns standard output as text. */
    String out() {
      return stdout.toString(StandardCharsets.UTF_8);
    }

    /** Returns standard error without what new keys are warned of. */
    String errBesidesAdvice() {
      return err.lines()
          .filter(line -> !line.contains("the password has fewer than"))
          .filter(line -> !line.contains("a guess at the password costs"))
          .map(line -> line + "\n")
          .collect(Collectors.joining());
    }

    /** Returns the lines of standard output. */
    List<String> lines() {
      return out().lines().toList();
    }
  }

  private byte[] in = {};
  private PasswordPrompt prompt = container -> null;

  /** Sets standard input. */
  CommandRun in(String text) {
    return in(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sets standard input. */
  CommandRun in(byte[] bytes) {
    in = bytes;
    return this;
  }

  /** Sets who answers when a password is asked for. */
  CommandRun prompt(PasswordPrompt person) {
    prompt = person;
    return this;
  }

  /** Runs the command. */
  Result run(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = run(out, err, arguments);
    return new Result(status, out, err.toString(StandardCharsets.UTF_8));
  }

  /** Runs the command with a standard output of the test's own; returns the exit status. */
  int run(OutputStream out, OutputStream err, Object... arguments) {
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(new ByteArrayInputStream(in), new Output(out), errors, prompt, null);
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    return Main.run(terminal, texts);
  }
}
