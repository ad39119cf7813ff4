package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real terminal, which {@code script} of util-linux gives. */
final class Pty {

  /** What Ctrl-C sends. */
  static final String CTRL_C = "\u0003";

  private static final Path SCRIPT = Path.of("/usr/bin/script");

  /**
   * How a command ended.
   *
   * @param status its exit status
   * @param shown all that the terminal has shown
   */
  record Result(int status, String shown) {}

  private Pty() {}

  /** Returns the words of a shell that start the command from its jar. */
  static String tcplay() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return java + " -jar " + System.getProperty("tcplay.command");
  }

  /**
   * Runs a command of a shell, and types each time the terminal shows a text.
   *
   * @param dialogue texts, each followed by what is typed then
   */
  static Result run(String command, String... dialogue) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(SCRIPT), "tool not installed: script");
    Process process =
        new ProcessBuilder(SCRIPT.toString(), "-q", "-e", "-c", command, "/dev/null")
            .redirectErrorStream(true)
            .start();
    // So that the shown text ends, whatever happens.
    CompletableFuture.delayedExecutor(5, TimeUnit.MINUTES).execute(process::destroyForcibly);
    StringBuilder shown = new StringBuilder();
    try (InputStream in = process.getInputStream();
        OutputStream keys = process.getOutputStream()) {
      byte[] buffer = new byte[4096];
      int next = 0;
      int from = 0;
      int n;
      while ((n = in.read(buffer)) >= 0) {
        shown.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
        int at = next < dialogue.length ? shown.indexOf(dialogue[next], from) : -1;
        if (at >= 0) {
          // The terminal may stop to show what is typed only after the question.
          Thread.sleep(300);
          keys.write(dialogue[next + 1].getBytes(StandardCharsets.UTF_8));
          keys.flush();
          from = at + dialogue[next].length();
          next += 2;
        }
      }
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "no end");
      return new Result(process.exitValue(), shown.toString());
    } finally {
      process.destroyForcibly();
    }
  }
}
