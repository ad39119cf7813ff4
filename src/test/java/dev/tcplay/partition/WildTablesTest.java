package dev.tcplay.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.ChildJvm;
import dev.tcplay.testing.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a table says, what is listed lies on the disk, and a bounded number of reads lists it,
 * in a heap of 64 MiB. The system property {@code tcplay.fuzz.tables} sets how many are tried.
 */
class WildTablesTest {

  private static final int COUNT = Integer.getInteger("tcplay.fuzz.tables", 1000);

  /** So many as one process reads and mounts in its time. */
  private static final int SHARE = 2000;

  @TempDir private Path folder;

  @Test
  void wildTablesAreReadAndTheirDisksMountedOrRefused() throws Exception {
    Random seeds = new Random(Seeds.of("wildTablesAreReadAndTheirDisksMountedOrRefused"));
    for (int left = COUNT; left > 0; left -= SHARE) {
      run(Math.min(SHARE, left), seeds.nextLong());
    }
  }

  private void run(int count, long seed) throws Exception {
    String said = ChildJvm.main(List.of("-Xmx64m"), WildTables.class, count, seed, folder);
    Matcher numbers =
        Pattern.compile("tables (\\d+) partitions (\\d+) mounted (\\d+) refused (\\d+)")
            .matcher(said.strip());
    assertTrue(numbers.matches(), said);
    assertTrue(Integer.parseInt(numbers.group(1)) > count / 2, said);
    assertTrue(Integer.parseInt(numbers.group(2)) > count, said);
    assertTrue(Integer.parseInt(numbers.group(3)) > count / 4, said);
    assertEquals(
        count, Integer.parseInt(numbers.group(3)) + Integer.parseInt(numbers.group(4)), said);
  }
}
