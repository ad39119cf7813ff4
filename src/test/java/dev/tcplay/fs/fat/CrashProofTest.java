package dev.tcplay.fs.fat;

import dev.tcplay.fs.crash.CrashHost;
import dev.tcplay.fs.crash.CrashWorkloads;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whenever the power fails, the volume is sound but for what rule I0 allows, and what was forced is
 * there. {@link CrashWorkloads} has the system properties.
 */
class CrashProofTest {

  private static final int FEW_OPERATIONS = 70;

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
    CrashWorkloads.judge(test, new FatCrashes(type), kib * 1024L, host, FEW_OPERATIONS, folder);
  }
}
