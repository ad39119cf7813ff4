package dev.tcplay.fs.exfat;

import dev.tcplay.fs.crash.CrashHost;
import dev.tcplay.fs.crash.CrashWorkloads;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whenever the power fails, an exFAT volume is sound but for what rule I0 allows, and what was
 * forced is there. {@link CrashWorkloads} has the system properties.
 */
class ExFatCrashProofTest {

  private static final int FEW_OPERATIONS = 60;
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
    CrashWorkloads.judge(
        test, new ExFatCrashes(clusterSize, clusters), BYTES, host, FEW_OPERATIONS, folder);
  }
}
