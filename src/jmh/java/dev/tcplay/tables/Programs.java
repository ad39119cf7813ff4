package dev.tcplay.tables;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Runs other programs. */
final class Programs {

  static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private Programs() {}

  /** Runs a program to its end and returns what it printed. */
  static String output(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("failed: " + command);
    }
    return output;
  }

  /** Returns how many milliseconds a program takes from its start to its end. */
  static double millis(List<String> command) throws IOException {
    long start = System.nanoTime();
    output(command);
    return (System.nanoTime() - start) / 1e6;
  }

  static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }
}
