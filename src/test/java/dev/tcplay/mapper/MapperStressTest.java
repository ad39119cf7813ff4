package dev.tcplay.mapper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Devices stacked five deep are suspended, reloaded, renamed and removed under 64 threads. Runs for
 * {@code tcplay.mapperSeconds}, 3 unless said otherwise.
 */
class MapperStressTest {

  private static final int THREADS = 64;
  private static final int LEVELS = 5;
  private static final int SHARE = 1024;
  private static final int SECONDS = Integer.getInteger("tcplay.mapperSeconds", 3);

  private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);

  private static Table table(int level, String below) throws Exception {
    String key = String.format("%02x", level).repeat(64);
    String text = "0 128 crypt aes-xts-plain64 %s %d %s 0".formatted(key, level, below);
    return Table.parse(text.getBytes(StandardCharsets.US_ASCII));
  }

  private boolean isOver() {
    return System.nanoTime() >= end;
  }

  /** Writes a pattern to the thread's share and reads it back; returns what stands there. */
  private byte[] work(BlockDevice top, int thread, Random random) throws Exception {
    byte[] bytes = new byte[SHARE];
    byte[] read = new byte[SHARE];
    do {
      random.nextBytes(bytes);
      top.write((long) thread * SHARE, bytes, 0, SHARE);
      top.read((long) thread * SHARE, read, 0, SHARE);
      assertArrayEquals(bytes, read);
    } while (!isOver());
    return bytes;
  }

  private int control(DeviceMapper mapper, String[] names, Random random) throws Exception {
    int done = 0;
    while (!isOver()) {
      int level = random.nextInt(LEVELS);
      switch (random.nextInt(5)) {
        case 0 -> {
          mapper.suspend(names[level]);
          mapper.resume(names[level]);
        }
        case 1 -> {
          try (Table same = table(level, level == 0 ? "host" : "/dev/mapper/" + names[level - 1])) {
            mapper.load(names[level], same, false);
          }
          mapper.resume(names[level]);
        }
        case 2 -> {
          mapper.rename(names[level], names[level] + "x");
          mapper.rename(names[level] + "x", names[level]);
        }
        case 3 -> {
          try {
            mapper.remove(names[level]);
            throw new AssertionError("removed though it is open");
          } catch (DeviceBusyException e) {
            done++;
          }
        }
        default -> mapper.removeAll();
      }
      done++;
    }
    return done;
  }

  @Test
  void nobodyIsStuckAndNothingIsLost() throws Exception {
    Random random = new Random(Seeds.of("MapperStressTest"));
    MemoryDevice memory = new MemoryDevice(128 * 512);
    String[] names = new String[LEVELS];
    ExecutorService pool = Executors.newFixedThreadPool(THREADS + 1);
    try (DeviceMapper mapper = new DeviceMapper((name, readOnly) -> memory)) {
      for (int level = 0; level < LEVELS; level++) {
        names[level] = "level" + level;
        try (Table table = table(level, level == 0 ? "host" : "/dev/mapper/" + names[level - 1])) {
          mapper.create(names[level], table);
        }
      }
      try (BlockDevice top = mapper.open(names[LEVELS - 1])) {
        List<Future<byte[]>> workers = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          int number = thread;
          Random own = new Random(random.nextLong());
          workers.add(pool.submit(() -> work(top, number, own)));
        }
        Random own = new Random(random.nextLong());
        Future<Integer> control = pool.submit(() -> control(mapper, names, own));
        // Whoever is stuck shows as a time-out.
        int done = control.get(SECONDS + 60, TimeUnit.SECONDS);
        byte[] read = new byte[SHARE];
        for (int thread = 0; thread < THREADS; thread++) {
          byte[] last = workers.get(thread).get(60, TimeUnit.SECONDS);
          top.read((long) thread * SHARE, read, 0, SHARE);
          assertArrayEquals(last, read);
        }
        assertTrue(done > 0);
        System.out.println("MapperStressTest: changes done: " + done);
      }
      assertEquals(List.of(), mapper.removeAll());
    } finally {
      pool.shutdownNow();
    }
  }
}
