package dev.tcplay.fs.exfat;

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
 * Whenever the power fails, an exFAT volume is sound but for what rule I0 allows, and what was
 * forced is there. The system properties are those of the same test for FAT: {@code
 * tcplay.crash.workloads}, {@code tcplay.crash.fsck} and {@code tcplay.crash.use}.
 */
class ExFatCrashProofTest {

  private static final int WORKLOADS = Integer.getInteger("tcplay.crash.workloads", 0);
  private static final double FSCK_RATE =
      Double.parseDouble(System.getProperty("tcplay.crash.fsck", "0.01"));
  private static final double USE_RATE =
      Double.parseDouble(System.getProperty("tcplay.crash.use", "0.2"));
  private static final int OPERATIONS = 200;
  private static final int FEW_OPERATIONS = 60;
  private static final int SUBSETS = 8;
  private static final long BYTES = 1 << 20;

  @TempDir Path folder;

  /** The first two fill up; long names have sets in two sectors on all of them. */
  @ParameterizedTest
  @CsvSource({
    "512, 220, PLAIN",
    "4096, 40, PLAIN",
    "512, 1900, PLAIN",
    "1024, 900, PLAIN",
    "2048, 450, ENCRYPTED",
    "512, 1900, ENCRYPTED",
    "512, 1900, PARTITION"
  })
  void everyCutLeavesWhatWasForced(int clusterSize, int clusters, CrashHost host) throws Exception {
    String test =
        "everyCutLeavesWhatWasForced exFAT %d %d %s".formatted(clusterSize, clusters, host);
    Random seeds = new Random(Seeds.of(test));
    for (int i = 0; i < Math.max(1, WORKLOADS); i++) {
      long seed = seeds.nextLong();
      CrashRun run =
          new CrashRun(
              new ExFatCrashes(clusterSize, clusters),
              BYTES,
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
