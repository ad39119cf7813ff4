package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.fs.crash.CrashHost;
import dev.tcplay.fs.crash.CrashRun;
import dev.tcplay.testing.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whenever the power fails, the volume is sound but for what rule I0 allows, and what was forced is
 * there. The system property {@code tcplay.crash.workloads} sets how many workloads of 200
 * operations are tried on each volume, {@code tcplay.crash.fsck} which part of all states fsck.fat
 * judges too, {@code tcplay.crash.use} which part is used afterwards as programs do.
 */
class CrashProofTest {

  private static final int WORKLOADS = Integer.getInteger("tcplay.crash.workloads", 0);
  private static final double FSCK_RATE =
      Double.parseDouble(System.getProperty("tcplay.crash.fsck", "0.01"));
  private static final double USE_RATE =
      Double.parseDouble(System.getProperty("tcplay.crash.use", "0.2"));
  private static final int OPERATIONS = 200;
  private static final int FEW_OPERATIONS = 70;
  private static final int SUBSETS = 8;

  @TempDir Path folder;

  /**
   * The smallest FAT16 and FAT32 that are lawful; a FAT12 that fills up, and a larger one; in
   * partitions nothing outside may be written.
   */
  @ParameterizedTest
  @CsvSource({
    "FAT12, 60, PLAIN",
    "FAT12, 512, PLAIN",
    "FAT16, 2200, PLAIN",
    "FAT32, 34000, PLAIN",
    "FAT16, 2200, ENCRYPTED",
    "FAT12, 512, PARTITION",
    "FAT16, 2200, PARTITION"
  })
  void everyCutLeavesWhatWasForced(FatType type, int kib, CrashHost host) throws Exception {
    String test = "everyCutLeavesWhatWasForced " + type + " " + kib + " " + host;
    Random seeds = new Random(Seeds.of(test));
    for (int i = 0; i < Math.max(1, WORKLOADS); i++) {
      long seed = seeds.nextLong();
      CrashRun run =
          new CrashRun(
              new FatCrashes(type),
              kib * 1024L,
              host,
              WORKLOADS > 0 ? OPERATIONS : FEW_OPERATIONS,
              new Random(seed),
              folder.resolve("volume.img"),
              FSCK_RATE,
              USE_RATE);
      List<String> faults = run.judge(SUBSETS);
      int workload = i;
      assertEquals(
          List.of(), faults, () -> "workload " + workload + ":\n" + String.join("\n\n", faults));
      System.out.println(test + " workload " + i + ": " + run.counts());
    }
  }
}
