package dev.tcplay.tables;

import dev.tcplay.fs.FatTreeBenchmark;
import org.openjdk.jmh.runner.RunnerException;

/** Many small files: medians, and ratios to jimfs. */
final class FatTreeTable implements Tables.Measurement {

  static final String[] METHODS = {"create5000", "create20000", "walk"};
  static final String[] WORDS = {
    "create 5,000 in one directory", "create 20,000 in 100", "walk 20,100 with attributes"
  };
  private static final String[] AIMS = {"1.5", "", ""};

  @Override
  public Markdown measure() throws RunnerException {
    Scores scores =
        Scores.of(
            Scores.options(FatTreeBenchmark.class, ".*")
                .param("peer", "HOST", "JIMFS", "FILES", "AES")
                .forks(1));
    // It needs seconds for a pass.
    Scores others =
        Scores.of(
            Scores.options(FatTreeBenchmark.class, ".*")
                .param("peer", "FAT32LIB")
                .forks(1)
                .warmupIterations(1)
                .measurementIterations(1));
    Markdown table = new Markdown("ms", "host", "jimfs", "plain image", "AES", "fat32-lib", "aim");
    for (int i = 0; i < METHODS.length; i++) {
      double jimfs = scores.median(METHODS[i], "JIMFS");
      table.row(
          WORDS[i],
          Markdown.number(scores.median(METHODS[i], "HOST")),
          Markdown.number(jimfs),
          Markdown.beside(scores.median(METHODS[i], "FILES"), jimfs),
          Markdown.number(scores.median(METHODS[i], "AES")),
          Markdown.number(others.median(METHODS[i], "FAT32LIB")),
          AIMS[i]);
    }
    return table;
  }
}
