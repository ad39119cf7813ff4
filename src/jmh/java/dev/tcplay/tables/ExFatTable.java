package dev.tcplay.tables;

import dev.tcplay.fs.DataPass;
import dev.tcplay.fs.FatDataBenchmark;
import dev.tcplay.fs.FatTreeBenchmark;
import org.openjdk.jmh.runner.RunnerException;

/** exFAT beside FAT32, each on a plain image by {@code Files}: medians, and their ratio. */
final class ExFatTable implements Tables.Measurement {

  private static final String AIM = "1.2";

  @Override
  public Markdown measure() throws RunnerException {
    Markdown table =
        new Markdown("ms for 200 MiB, 5,000 pages, or a tree", "FAT32", "exFAT", "aim");
    Scores data =
        Scores.of(
            Scores.options(FatDataBenchmark.class, "pass")
                .param("peer", "FILES", "EXFAT")
                .forks(2));
    for (DataPass pass : DataPass.values()) {
      double fat = data.median("pass", "FILES", pass.name());
      double exFat = data.median("pass", "EXFAT", pass.name());
      table.row(Passes.words(pass), Markdown.number(fat), Markdown.beside(exFat, fat), AIM);
    }
    Scores tree =
        Scores.of(
            Scores.options(FatTreeBenchmark.class, ".*").param("peer", "FILES", "EXFAT").forks(3));
    for (int i = 0; i < FatTreeTable.METHODS.length; i++) {
      double fat = tree.median(FatTreeTable.METHODS[i], "FILES");
      double exFat = tree.median(FatTreeTable.METHODS[i], "EXFAT");
      table.row(FatTreeTable.WORDS[i], Markdown.number(fat), Markdown.beside(exFat, fat), AIM);
    }
    return table;
  }
}
