package dev.tcplay.tables;

import dev.tcplay.fs.DataPass;
import dev.tcplay.fs.FatDataBenchmark;
import org.openjdk.jmh.runner.RunnerException;

/** Passes through a file of 200 MiB: medians, and ratios to the host's own file. */
final class FatDataTable implements Tables.Measurement {

  @Override
  public Markdown measure() throws RunnerException {
    Scores scores =
        Scores.of(
            Scores.options(FatDataBenchmark.class, "pass").param("peer", "HOST", "FILES").forks(2));
    // It needs seconds for a pass.
    Scores others =
        Scores.of(
            Scores.options(FatDataBenchmark.class, "pass")
                .param("peer", "FAT32LIB")
                .forks(1)
                .warmupIterations(1)
                .measurementIterations(1));
    Markdown table =
        new Markdown("ms for 200 MiB, or 5,000 pages", "host", "plain image", "fat32-lib", "aim");
    for (DataPass pass : DataPass.values()) {
      double host = scores.median("pass", "HOST", pass.name());
      table.row(
          Passes.words(pass),
          Markdown.number(host),
          Markdown.beside(scores.median("pass", "FILES", pass.name()), host),
          Markdown.number(others.median("pass", "FAT32LIB", pass.name())),
          Passes.random(pass) ? "2" : "1.3");
    }
    return table;
  }
}
