package dev.tcplay.tables;

import dev.tcplay.crypto.Pbkdf2Benchmark;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/** One block of PBKDF2: medians, and how many times as long Bouncy Castle takes. */
final class DerivationTable implements Tables.Measurement {

  private static final Map<String, String> AIMS = new LinkedHashMap<>();

  static {
    AIMS.put("SHA512", "1.9");
    AIMS.put("SHA256", "1.9");
    AIMS.put("WHIRLPOOL", "5");
    AIMS.put("STREEBOG", "2");
    AIMS.put("BLAKE2S", "1.7");
    AIMS.put("RIPEMD160", "1.5");
  }

  @Override
  public Markdown measure() throws RunnerException {
    Scores scores =
        Scores.of(
            Scores.options(Pbkdf2Benchmark.class, "oneBlock")
                .warmupTime(TimeValue.milliseconds(500))
                .measurementTime(TimeValue.milliseconds(400)));
    Markdown table =
        new Markdown(
            "ms for 10,000 iterations", "ours", "Bouncy Castle's HMAC", "its generator", "aim");
    AIMS.forEach(
        (prf, aim) -> {
          double ours = scores.median("oneBlock", prf, "auto");
          table.row(
              prf,
              Markdown.number(ours),
              Markdown.beside(scores.median("oneBlock", prf, "portable"), ours),
              Markdown.beside(scores.median("oneBlock", prf, "generator"), ours),
              aim);
        });
    return table;
  }
}
