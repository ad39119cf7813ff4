package dev.tcplay.mapper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Crypt devices that stand on each other, in a heap so small that each has its two buffers and no
 * more, serve long requests of more threads than they have buffers.
 */
class StackedCryptTest {

  private static final int LEVELS = 24;
  private static final int THREADS = 32;
  private static final int SHARE = 160_000;
  private static final int SECTORS = 11_000;

  @Test
  void neverStarve() throws Exception {
    assertEquals(
        "done\n", ChildJvm.main(List.of("-Xmx64m"), StackedCryptTest.class).replace("\r", ""));
  }

  /** Runs in a JVM of its own. */
  public static void main(String[] arguments) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    MemoryDevice memory = new MemoryDevice(SECTORS * 512L);
    try (DeviceMapper mapper = new DeviceMapper((name, readOnly) -> memory)) {
      String below = "memory";
      for (int level = 0; level < LEVELS; level++) {
        String key = String.format("%02x", level).repeat(32);
        String text = "0 %d crypt aes-cbc-plain64 %s %d %s 0".formatted(SECTORS, key, level, below);
        try (Table table = Table.parse(text.getBytes(StandardCharsets.US_ASCII))) {
          mapper.create("level" + level, table);
        }
        below = "/dev/mapper/level" + level;
      }
      try (BlockDevice top = mapper.open("level" + (LEVELS - 1))) {
        List<Future<?>> workers = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          int number = thread;
          workers.add(pool.submit(() -> work(top, number)));
        }
        for (Future<?> worker : workers) {
          worker.get();
        }
      }
      System.out.println("done");
    } finally {
      pool.shutdownNow();
    }
  }

  private static Void work(BlockDevice top, int number) throws Exception {
    byte[] bytes = new byte[SHARE];
    byte[] read = new byte[SHARE];
    for (int round = 0; round < 3; round++) {
      Arrays.fill(bytes, (byte) (number + round));
      top.write((long) number * SHARE, bytes, 0, SHARE);
      top.read((long) number * SHARE, read, 0, SHARE);
      if (!Arrays.equals(bytes, read)) {
        throw new AssertionError("thread " + number + " reads something else");
      }
    }
    return null;
  }
}
