package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForwardingDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.TypedVolumes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many read a file while it is cut off, extended and written over, and others take its clusters.
 */
class ConcurrentReadsTest {

  private static final int READERS = 4;
  private static final int MOST = 200_000;
  private static final long NANOS = 700_000_000;

  private final AtomicBoolean done = new AtomicBoolean();

  /**
   * Returns the byte that a round writes at a place: it tells the place, and is never one of the
   * other file's.
   */
  private static byte byteAt(long place, int round) {
    return (byte) (4 * (place / 64 % 8) + round % 4 + 1);
  }

  private static byte[] bytes(long place, int length, int round) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = byteAt(place + i, round);
    }
    return bytes;
  }

  private static boolean wasThere(byte found, long place) {
    return found == 0 || (found - 1) / 4 == place / 64 % 8;
  }

  private Void read(OpenNode file, Random random) throws IOException {
    byte[] target = new byte[10_000];
    while (!done.get()) {
      int length = 1 + random.nextInt(random.nextInt(4) == 0 ? 10_000 : 300);
      int at = random.nextInt(MOST);
      int read = file.read(at, target, 0, length);
      assertTrue(read == -1 || (read > 0 && read <= length), read + " of " + length);
      for (int i = 0; i < read; i++) {
        if (!wasThere(target[i], at + i)) {
          throw new AssertionError("%d at %d + %d of %d".formatted(target[i], at, i, read));
        }
      }
    }
    return null;
  }

  private static Node create(MountedVolume volume, String name) throws IOException {
    return volume.create(volume.root(), name, NodeType.FILE, AttributeChange.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32", "exFAT"})
  void whoReadsMeanwhileGetsWhatTheFileHadThere(String type) throws Exception {
    Random random = new Random(Seeds.of("whoReadsMeanwhile " + type));
    MemoryDevice bare = new MemoryDevice(TypedVolumes.smallest(type));
    TypedVolumes.format(bare, type);
    CachedDevice cache = new CachedDevice(bare, 1 << 19, Duration.ofMillis(1));
    ExecutorService pool = Executors.newFixedThreadPool(READERS);
    try (MountedVolume volume = TypedVolumes.driver(type).mount(cache, TypedVolumes.OPTIONS);
        OpenNode file = volume.open(create(volume, "read"));
        OpenNode other = volume.open(create(volume, "other"))) {
      List<Future<Void>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Random own = new Random(random.nextLong());
        readers.add(pool.submit(() -> read(file, own)));
      }
      byte[] foreign = new byte[MOST];
      Arrays.fill(foreign, (byte) 100);
      long end = System.nanoTime() + NANOS;
      for (int round = 0; System.nanoTime() < end; round++) {
        change(file, random, round);
        other.truncate(random.nextInt(2) == 0 ? 0 : random.nextInt(MOST));
        other.write(random.nextInt(1000), foreign, 0, random.nextInt(MOST - 1000));
      }
      done.set(true);
      for (Future<Void> reader : readers) {
        reader.get();
      }
      file.truncate(0);
      file.write(0, bytes(0, MOST, 1), 0, MOST);
      byte[] whole = new byte[MOST];
      assertEquals(MOST, file.read(0, whole, 0, MOST));
      assertArrayEquals(bytes(0, MOST, 1), whole);
    } finally {
      done.set(true);
      pool.shutdownNow();
    }
  }

  private static void change(OpenNode file, Random random, int round) throws IOException {
    long size = file.size();
    switch (random.nextInt(6)) {
      case 0 -> file.truncate(random.nextInt(MOST));
      case 1 -> file.truncate(0);
      case 2 -> file.force();
      default -> {
        long at = random.nextBoolean() ? random.nextInt((int) size + 1) : random.nextInt(MOST);
        int length = (int) Math.min(MOST - at, random.nextInt(50_000));
        file.write(at, bytes(at, length, round), 0, length);
      }
    }
  }

  /** Has something done in the middle of a read, by another thread. */
  private static final class Interposed extends ForwardingDevice {

    private final AtomicReference<Callable<?>> next = new AtomicReference<>();

    Interposed(BlockDevice lower) {
      super(lower);
    }

    @Override
    protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
      Callable<?> action = next.getAndSet(null);
      if (action != null) {
        FutureTask<?> task = new FutureTask<>(action);
        new Thread(task).start();
        try {
          task.get(1, TimeUnit.MINUTES);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
          throw new AssertionError(e);
        }
      }
      super.doRead(position, target, offset, length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "exFAT"})
  void whatAnotherFileHasTakenMeanwhileIsNotGivenToWhoReads(String type) throws Exception {
    MemoryDevice bare = new MemoryDevice(TypedVolumes.smallest(type));
    TypedVolumes.format(bare, type);
    Interposed device = new Interposed(bare);
    try (MountedVolume volume = TypedVolumes.driver(type).mount(device, TypedVolumes.OPTIONS);
        OpenNode file = volume.open(create(volume, "read"));
        OpenNode other = volume.open(create(volume, "other"))) {
      file.write(0, bytes(0, MOST, 1), 0, MOST);
      byte[] foreign = new byte[MOST];
      Arrays.fill(foreign, (byte) 100);
      device.next.set(
          () -> {
            file.truncate(1000);
            return assertThrows(IOException.class, () -> fill(other, foreign));
          });
      byte[] read = new byte[MOST];
      assertEquals(1000, file.read(0, read, 0, MOST));
      assertArrayEquals(bytes(0, 1000, 1), Arrays.copyOf(read, 1000));
      file.truncate(0);
      file.write(0, bytes(0, 1000, 2), 0, 1000);
      device.next.set(
          () -> {
            file.truncate(0);
            return assertThrows(IOException.class, () -> fill(other, foreign));
          });
      assertEquals(-1, file.read(0, read, 0, MOST));
    }
  }

  private static void fill(OpenNode file, byte[] bytes) throws IOException {
    while (true) {
      file.append(bytes, 0, 1000);
    }
  }
}
