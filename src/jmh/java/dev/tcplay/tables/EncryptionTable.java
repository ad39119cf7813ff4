package dev.tcplay.tables;

import dev.tcplay.fs.DataPass;
import dev.tcplay.fs.EncryptionPriceBenchmark;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** What AES adds to each pass: medians, and the median of the ratios of passes side by side. */
final class EncryptionTable implements Tables.Measurement {

  @Override
  public Markdown measure() throws RunnerException {
    Scores scores = Scores.of(Scores.options(EncryptionPriceBenchmark.class, "pass").forks(2));
    Markdown table = new Markdown("ms for 400 MiB, or 5,000 pages", "plain image", "AES", "aim");
    for (DataPass pass : DataPass.values()) {
      RunResult result = scores.result("pass", pass.name());
      double ratio = median(result, shot -> encrypted(shot) / plain(shot));
      table.row(
          Passes.words(pass),
          Markdown.number(median(result, EncryptionTable::plain)),
          Markdown.number(median(result, EncryptionTable::encrypted))
              + " ("
              + Markdown.ratio(ratio)
              + ")",
          pass == DataPass.RANDOM_WRITE ? "" : "1.5");
    }
    return table;
  }

  private static double plain(IterationResult shot) {
    return shot.getSecondaryResults().get("plainMillis").getScore();
  }

  private static double encrypted(IterationResult shot) {
    return shot.getSecondaryResults().get("encryptedMillis").getScore();
  }

  private static double median(RunResult result, ToDoubleFunction<IterationResult> value) {
    return Programs.median(
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .mapToDouble(value)
            .toArray());
  }
}
