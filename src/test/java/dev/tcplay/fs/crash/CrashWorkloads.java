package dev.tcplay.fs.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.testing.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Cuts workloads off at every write, and lets each state be judged. The system property {@code
 * tcplay.crash.workloads} sets how many workloads are tried on each volume, {@code
 * tcplay.crash.operations} how many operations each of them has, 200 if nothing is said, {@code
 * tcplay.crash.fsck} which part of all states an independent judge sees too, {@code
 * tcplay.crash.use} which part is used afterwards as programs do.
 */
public final class CrashWorkloads {

  private static final int WORKLOADS = Integer.getInteger("tcplay.crash.workloads", 0);
  private static final double JUDGE_RATE =
      Double.parseDouble(System.getProperty("tcplay.crash.fsck", "0.01"));
  private static final double USE_RATE =
      Double.parseDouble(System.getProperty("tcplay.crash.use", "0.2"));
  private static final int OPERATIONS = Integer.getInteger("tcplay.crash.operations", 200);
  private static final int SUBSETS = 8;

  private CrashWorkloads() {}

  /**
   * Fails if a state is not as it may be.
   *
   * @param test the name of the test and its parameters
   * @param few how many operations the one workload of a build has
   * @param folder where an independent judge finds the volume
   */
  public static void judge(
      String test, CrashFormat format, long bytes, CrashHost host, int few, Path folder)
      throws Exception {
    Random seeds = new Random(Seeds.of(test));
    for (int i = 0; i < Math.max(1, WORKLOADS); i++) {
      long seed = seeds.nextLong();
      CrashRun run =
          new CrashRun(
              format,
              bytes,
              host,
              WORKLOADS > 0 ? OPERATIONS : few,
              new Random(seed),
              folder.resolve("volume.img"),
              JUDGE_RATE,
              USE_RATE);
      List<String> faults = run.judge(SUBSETS);
      int workload = i;
      assertEquals(
          List.of(), faults, () -> "workload " + workload + ":\n" + String.join("\n\n", faults));
      System.out.println(test + " workload " + i + ": " + run.counts());
    }
  }
}
