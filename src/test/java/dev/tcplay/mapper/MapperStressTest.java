package dev.tcplay.mapper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Under 64 threads, devices stacked five deep are suspended, reloaded and renamed, and devices by
 * their side are removed, also by force, and created anew; no acknowledged write is lost. Runs for
 * {@code tcplay.stress.seconds}, 3 unless said otherwise.
 */
class MapperStressTest {

  private static final int THREADS = 48;
  private static final int SIDES = 16;
  private static final int LEVELS = 5;
  private static final int SHARE = 1024;
  private static final int SECONDS = Integer.getInteger("tcplay.stress.seconds", 3);

  private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);

  private static Table table(int level, String below) throws Exception {
    String key = String.format("%02x", level).repeat(64);
    String text = "0 96 crypt aes-xts-plain64 %s %d %s 0".formatted(key, level, below);
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

  private static String side(int number) {
    return "side" + number;
  }

  private static Table sideTable(int number) throws Exception {
    String text = "0 2 linear side %d".formatted(2 * number);
    return Table.parse(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Uses a device that others remove; returns what stands there by what was acknowledged. */
  private byte[] workAside(DeviceMapper mapper, int number, Random random) throws Exception {
    byte[] stands = new byte[SHARE];
    byte[] read = new byte[SHARE];
    do {
      try (Table table = sideTable(number)) {
        mapper.create(side(number), table);
      } catch (FileAlreadyExistsException e) {
        // Nobody has removed it since.
      } catch (IOException e) {
        continue; // Removed while it was created.
      }
      try (BlockDevice device = mapper.open(side(number))) {
        device.read(0, read, 0, SHARE);
        assertArrayEquals(stands, read);
        byte[] next = new byte[SHARE];
        random.nextBytes(next);
        device.write(0, next, 0, SHARE);
        stands = next;
      } catch (IOException e) {
        tryToRemove(mapper, number); // All its transfers fail, or it is removed.
      }
    } while (!isOver());
    return stands;
  }

  private static void tryToRemove(DeviceMapper mapper, int number, Removal... how)
      throws IOException {
    try {
      mapper.remove(side(number), how);
    } catch (DeviceBusyException | NoSuchFileException e) {
      // Open, or gone.
    }
  }

  private int removeSides(DeviceMapper mapper, Random random) throws Exception {
    int done = 0;
    do {
      done++;
      Set<Removal> how = EnumSet.noneOf(Removal.class);
      if (random.nextInt(2) == 0) {
        how.add(Removal.DEFERRED);
      }
      if (random.nextInt(4) == 0) {
        how.add(Removal.FORCE);
      }
      tryToRemove(mapper, random.nextInt(SIDES), how.toArray(new Removal[0]));
    } while (!isOver());
    return done;
  }

  private int control(DeviceMapper mapper, String[] names, Random random) throws Exception {
    int done = 0;
    do {
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
    } while (!isOver());
    return done;
  }

  @Test
  void nobodyIsStuckAndNothingIsLost() throws Exception {
    Random random = new Random(Seeds.of("MapperStressTest"));
    MemoryDevice stack = new MemoryDevice(THREADS * SHARE);
    MemoryDevice sides = new MemoryDevice(SIDES * SHARE);
    String[] names = new String[LEVELS];
    ExecutorService pool = Executors.newCachedThreadPool();
    try (DeviceMapper mapper =
        new DeviceMapper((name, readOnly) -> new KeptDevice(name.equals("side") ? sides : stack))) {
      for (int level = 0; level < LEVELS; level++) {
        names[level] = "level" + level;
        try (Table table = table(level, level == 0 ? "host" : "/dev/mapper/" + names[level - 1])) {
          mapper.create(names[level], table);
        }
      }
      List<Future<byte[]>> workers = new ArrayList<>();
      List<Future<byte[]>> asides = new ArrayList<>();
      try (BlockDevice top = mapper.open(names[LEVELS - 1])) {
        for (int thread = 0; thread < THREADS; thread++) {
          int number = thread;
          Random own = new Random(random.nextLong());
          workers.add(pool.submit(() -> work(top, number, own)));
        }
        for (int thread = 0; thread < SIDES; thread++) {
          int number = thread;
          Random own = new Random(random.nextLong());
          asides.add(pool.submit(() -> workAside(mapper, number, own)));
        }
        Random one = new Random(random.nextLong());
        Random two = new Random(random.nextLong());
        Future<Integer> control = pool.submit(() -> control(mapper, names, one));
        Future<Integer> removals = pool.submit(() -> removeSides(mapper, two));
        // Whoever is stuck shows as a time-out.
        int changes = control.get(SECONDS + 60, TimeUnit.SECONDS);
        int tries = removals.get(60, TimeUnit.SECONDS);
        checkAll(workers, top);
        checkAll(asides, sides);
        assertTrue(changes > 0 && tries > 0);
        System.out.printf("MapperStressTest: %d changes, %d removals%n", changes, tries);
      }
      assertEquals(List.of(), mapper.removeAll());
    } finally {
      pool.shutdownNow();
    }
  }

  private static void checkAll(List<Future<byte[]>> workers, BlockDevice device) throws Exception {
    byte[] read = new byte[SHARE];
    for (int i = 0; i < workers.size(); i++) {
      byte[] last = workers.get(i).get(60, TimeUnit.SECONDS);
      device.read((long) i * SHARE, read, 0, SHARE);
      assertArrayEquals(last, read);
    }
  }
}
