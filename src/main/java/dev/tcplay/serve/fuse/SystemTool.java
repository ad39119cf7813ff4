package dev.tcplay.serve.fuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a tool of the system about a mount, which speaks English to us whatever the locale is. */
final class SystemTool {

  private static final int SECONDS = 20;

  private SystemTool() {}

  /**
   * Runs a tool and returns what it said if it failed, never empty then.
   *
   * @param command whose last word is the mount point
   * @throws IOException if the thread is interrupted
   */
  static String run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return "there is no " + command.get(0);
    }
    process.getOutputStream().close();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return command.get(0) + " does not end";
      }
      // It says a few lines at most, which fit into the pipe.
      byte[] said = process.getInputStream().readAllBytes();
      return process.exitValue() == 0
          ? ""
          : command.get(0) + " says: " + new String(said, StandardCharsets.UTF_8).strip();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      String place = command.get(command.size() - 1);
      throw new IOException("interrupted while " + command.get(0) + " is at work on " + place, e);
    }
  }
}
