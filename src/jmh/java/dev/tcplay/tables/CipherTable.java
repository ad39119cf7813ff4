package dev.tcplay.tables;

import dev.tcplay.crypto.XtsBenchmark;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/** XTS in requests of 16 KiB, one thread: medians, and ratios to Bouncy Castle and OpenSSL. */
final class CipherTable implements Tables.Measurement {

  private static final int BYTES = 16_384;
  private static final Map<String, String> AIMS = new LinkedHashMap<>();

  static {
    AIMS.put("AES", "");
    AIMS.put("Serpent", "10");
    AIMS.put("Twofish", "2.2");
    AIMS.put("Camellia", "2.2");
    AIMS.put("Kuznyechik", "3");
    AIMS.put("AES-Twofish-Serpent", "");
  }

  @Override
  public Markdown measure() throws RunnerException, IOException, InterruptedException {
    Scores scores =
        Scores.of(
            Scores.options(XtsBenchmark.class, ".*")
                .param("bytes", "" + BYTES)
                .warmupIterations(4)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(5)
                .measurementTime(TimeValue.milliseconds(300)));
    Markdown table =
        new Markdown(
            "MB/s, encrypt / decrypt", "ours", "Bouncy Castle, or OpenSSL", "ratio", "aim");
    AIMS.forEach(
        (chain, aim) -> {
          double[] ours = speeds(scores, chain, "auto");
          double[] others = speeds(scores, chain, "portable");
          table.row(chain, both(ours), both(others), ratios(ours, others), aim);
        });
    if (OpenSsl.isThere()) {
      double[] ours = speeds(scores, "AES", "auto");
      double[] others = {OpenSsl.encrypt(BYTES), OpenSsl.decrypt(BYTES)};
      table.row("AES, to OpenSSL", both(ours), both(others), ratios(ours, others), "1");
    }
    return table;
  }

  private static double[] speeds(Scores scores, String chain, String kernel) {
    return new double[] {
      BYTES / scores.median("encrypt", chain, kernel),
      BYTES / scores.median("decrypt", chain, kernel)
    };
  }

  private static String ratios(double[] ours, double[] others) {
    return Markdown.ratio(ours[0] / others[0]) + " / " + Markdown.ratio(ours[1] / others[1]);
  }

  private static String both(double[] speeds) {
    return "%.0f / %.0f".formatted(speeds[0], speeds[1]);
  }
}
