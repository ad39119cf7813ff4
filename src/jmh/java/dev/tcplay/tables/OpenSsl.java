package dev.tcplay.tables;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The speed of AES-256-XTS by the command {@code openssl}, in units of its own. */
final class OpenSsl {

  private static final int RUNS = 3;

  private OpenSsl() {}

  static boolean isThere() throws InterruptedException {
    try {
      return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
    } catch (IOException e) {
      return false; // it is not installed
    }
  }

  /** Returns megabytes per second, encrypting. */
  static double encrypt(int bytes) throws IOException {
    return speed(bytes, List.of());
  }

  /** Returns megabytes per second, decrypting. */
  static double decrypt(int bytes) throws IOException {
    return speed(bytes, List.of("-decrypt"));
  }

  private static double speed(int bytes, List<String> more) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl", "speed", "-mr", "-seconds", "1"));
    command.addAll(List.of("-evp", "aes-256-xts", "-bytes", "" + bytes));
    command.addAll(more);
    double[] speeds = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      // The line is +F:22:aes-256-xts:BYTES_PER_SECOND.
      String line =
          Programs.output(command)
              .lines()
              .filter(l -> l.startsWith("+F:"))
              .findFirst()
              .orElseThrow();
      speeds[i] = Double.parseDouble(line.substring(line.lastIndexOf(':') + 1)) / 1e6;
    }
    return Programs.median(speeds);
  }
}
