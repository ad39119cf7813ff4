package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Ctrl-C on a real terminal, which {@code script} of util-linux gives. */
@EnabledOnOs(OS.LINUX)
class TerminalStopIT {

  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final byte CTRL_C = 3;

  /** Types Ctrl-C when the terminal shows a text, and returns all that it has shown. */
  private static String stopAt(String text, int status, String... arguments)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(SCRIPT), "tool not installed: script");
    assumeTrue(Signals.takeInterrupts(), "SIGINT is ignored here, as in the background of a shell");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        java + " -jar " + System.getProperty("tcplay.command") + " " + String.join(" ", arguments);
    Process process =
        new ProcessBuilder(SCRIPT.toString(), "-q", "-e", "-c", command, "/dev/null")
            .redirectErrorStream(true)
            .start();
    // So that the shown text ends, whatever happens.
    CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES).execute(process::destroyForcibly);
    StringBuilder shown = new StringBuilder();
    try (InputStream in = process.getInputStream();
        OutputStream keys = process.getOutputStream()) {
      byte[] buffer = new byte[4096];
      boolean typed = false;
      int n;
      while ((n = in.read(buffer)) >= 0) {
        shown.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
        if (!typed && shown.indexOf(text) >= 0) {
          // The terminal stops to show what is typed only after the question.
          Thread.sleep(300);
          keys.write(CTRL_C);
          keys.flush();
          typed = true;
        }
      }
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "no end");
      assertEquals(status, process.exitValue(), shown::toString);
    } finally {
      process.destroyForcibly();
    }
    return shown.toString();
  }

  @Test
  void aQuestionIsLeftAndTheStopStandsOnALineOfItsOwn() throws Exception {
    String file = Demo.CONTAINER.toString();
    String shown = stopAt("Password for", 130, "ls", file);
    assertEquals("Password for " + file + ": \r\ntcplay: interrupted\r\n", shown);
  }
}
