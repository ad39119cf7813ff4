package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What is known of signals where the tests run. */
final class Signals {

  private static final long INTERRUPT = 1L << 1;

  private Signals() {}

  /**
   * Returns whether processes that are started here end by SIGINT. Who starts the tests in the
   * background of a shell may have had it ignored, which a process hands on to those it starts.
   */
  static boolean takeInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return true;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .allMatch(ignored -> (ignored & INTERRUPT) == 0);
    }
  }
}
