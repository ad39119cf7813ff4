package dev.tcplay.tables;

import dev.tcplay.crypto.FirstReadBenchmark;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.runner.RunnerException;

/** The first data that a process decrypts, by our kernels and by Bouncy Castle's: medians. */
final class FirstReadTable implements Tables.Measurement {

  private static final int[] MEBIBYTES = {1, 4, 16, 64};
  private static final String[] CHAINS = {"AES", "Serpent", "Twofish", "AES-Twofish-Serpent"};

  @Override
  public Markdown measure() throws RunnerException {
    Scores scores =
        Scores.of(
            Scores.options(FirstReadBenchmark.class, "mebibyte").param("chain", CHAINS).forks(3));
    Markdown table =
        new Markdown("ms, ours / Bouncy Castle, after", "1 MiB", "4 MiB", "16 MiB", "64 MiB");
    for (String chain : CHAINS) {
      String[] row = new String[1 + MEBIBYTES.length];
      row[0] = chain;
      for (int i = 0; i < MEBIBYTES.length; i++) {
        row[i + 1] =
            "%.0f / %.0f"
                .formatted(
                    millis(scores, chain, "auto", MEBIBYTES[i]),
                    millis(scores, chain, "portable", MEBIBYTES[i]));
      }
      table.row(row);
    }
    return table;
  }

  /** Returns the median of all processes' sums over their first iterations. */
  private static double millis(Scores scores, String chain, String kernel, int mebibytes) {
    return Programs.median(
        scores.result("mebibyte", chain, kernel).getBenchmarkResults().stream()
            .mapToDouble(process -> sum(process, mebibytes))
            .toArray());
  }

  private static double sum(BenchmarkResult process, int mebibytes) {
    return process.getIterationResults().stream()
        .limit(mebibytes)
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
        .sum();
  }
}
