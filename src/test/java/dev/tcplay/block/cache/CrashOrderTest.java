package dev.tcplay.block.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.block.FlakeyDevice;
import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.ToyCipher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * After a crash, whatever of the last group is on the host, every earlier group is whole.
 *
 * <p>Batches write their own number into slots of a sector each. Every group has its own slots, but
 * groups share pages. Once a slot of a batch's group shows the batch's number, no slot of the
 * batch's earlier groups may show an older one. A slot that may be written early is no evidence of
 * its group, but must be there when a later group is.
 */
class CrashOrderTest {

  private static final int SECTOR = 512;
  private static final int SLOTS = 40;
  private static final int SIZE = SLOTS * Group.COUNT * SECTOR;

  private final Random random = new Random(Seeds.of("CrashOrderTest"));

  /** What lies above the cache. */
  private UnaryOperator<BlockDevice> layers = UnaryOperator.identity();

  /** What a batch wrote: per group the slots, and those that may be there before their group. */
  private record Batch(
      int number,
      boolean fenced,
      Map<Group, List<Integer>> slots,
      Map<Group, Set<Integer>> perhapsEarlier) {}

  private final List<Batch> batches = new ArrayList<>();

  /** The numbers of batches that failed, of which late groups need not be anywhere. */
  private final Set<Integer> failed = new HashSet<>();

  /** How long the log was after a flush, and how many batches were there. */
  private record Flush(int entries, int batches) {}

  private final List<Flush> flushes = new ArrayList<>();

  private static long position(Group group, int slot) {
    return (long) (slot * Group.COUNT + group.rank()) * SECTOR;
  }

  private WriteBatch nextBatch() {
    Map<Group, List<Integer>> slots = new EnumMap<>(Group.class);
    Map<Group, Set<Integer>> perhapsEarlier = new EnumMap<>(Group.class);
    WriteBatch batch = new WriteBatch();
    byte[] stamp = stamp(batches.size() + 1);
    boolean fenced = random.nextInt(5) == 0;
    if (fenced) {
      batch.afterEarlierBatches();
    }
    for (Group group : Group.values()) {
      for (int n = random.nextInt(4); n > 0; n--) {
        int slot = random.nextInt(SLOTS);
        if (random.nextInt(3) == 0) {
          batch.writeBy(group, position(group, slot), stamp, 0, SECTOR);
          if (!fenced) {
            perhapsEarlier.computeIfAbsent(group, absent -> new HashSet<>()).add(slot);
          }
        } else {
          batch.write(group, position(group, slot), stamp, 0, SECTOR);
        }
        slots.computeIfAbsent(group, absent -> new ArrayList<>()).add(slot);
      }
    }
    batches.add(new Batch(batches.size() + 1, fenced, slots, perhapsEarlier));
    return batch;
  }

  private static byte[] stamp(int number) {
    return ByteBuffer.allocate(SECTOR).putInt(0, number).array();
  }

  /** Makes a host that reads as zeros through the layers. */
  private MemoryDevice host() throws IOException {
    MemoryDevice host = new MemoryDevice(2L * SIZE);
    layers.apply(host).write(0, new byte[SIZE], 0, SIZE);
    return host;
  }

  /** Runs batches until the log has many entries. */
  private void run(BlockDevice lower, LogWritesDevice log) {
    BlockDevice device = layers.apply(lower);
    while (log.entries() < 300) {
      try {
        device.submit(nextBatch());
        if (random.nextInt(20) == 0) {
          device.flush();
          flushes.add(new Flush(log.entries(), batches.size()));
        }
      } catch (IOException e) {
        // A batch that failed may be there in part; the order holds for that part, too.
        failed.add(batches.size());
      }
    }
  }

  /** Makes the host as it may be after a crash, and judges it. */
  private void crashAndJudge(LogWritesDevice log, int cut, boolean lossless) throws IOException {
    int forced = cut;
    while (forced > 0 && !log.isFlush(forced - 1)) {
      forced--;
    }
    MemoryDevice host = host();
    log.replay(0, forced, host);
    log.replay(forced, cut, host, (entry, sector) -> random.nextBoolean());
    BlockDevice plaintext = layers.apply(host);
    Map<Group, int[]> found = new EnumMap<>(Group.class);
    for (Group group : Group.values()) {
      found.put(group, new int[SLOTS]);
      for (int slot = 0; slot < SLOTS; slot++) {
        byte[] sector = new byte[SECTOR];
        plaintext.read(position(group, slot), sector, 0, SECTOR);
        found.get(group)[slot] = ByteBuffer.wrap(sector).getInt();
      }
    }
    for (Batch batch : batches) {
      Group latest = latestVisible(batch, found);
      if (latest != null) {
        assertWholeBefore(batch, latest, found);
        if (batch.fenced) {
          batches.stream()
              .limit(batch.number - 1)
              .filter(earlier -> !failed.contains(earlier.number))
              .forEach(earlier -> assertWholeBefore(earlier, null, found));
        }
      }
    }
    for (Flush flush : flushes) {
      if (lossless && flush.entries <= cut) {
        batches.stream()
            .limit(flush.batches)
            .forEach(batch -> assertWholeBefore(batch, null, found));
      }
    }
  }

  private static Group latestVisible(Batch batch, Map<Group, int[]> found) {
    Group latest = null;
    for (Group group : batch.slots.keySet()) {
      Set<Integer> perhapsEarlier = batch.perhapsEarlier.getOrDefault(group, Set.of());
      for (int slot : batch.slots.get(group)) {
        if (perhapsEarlier.contains(slot)) {
          continue;
        }
        latest = found.get(group)[slot] == batch.number ? group : latest;
      }
    }
    return latest;
  }

  private static void assertWholeBefore(Batch batch, Group end, Map<Group, int[]> found) {
    batch.slots.forEach(
        (group, slots) -> {
          if (end == null || group.rank() < end.rank()) {
            for (int slot : slots) {
              assertTrue(
                  found.get(group)[slot] >= batch.number,
                  () ->
                      "batch " + batch.number + ", " + group + " of slot " + slot + " is missing");
            }
          }
        });
  }

  private void judgeAll(LogWritesDevice log, boolean lossless) throws IOException {
    for (int cut = 0; cut <= log.entries(); cut++) {
      for (int subset = 0; subset < 3; subset++) {
        crashAndJudge(log, cut, lossless);
      }
    }
    assertTrue(batches.size() > 10, "batches: " + batches.size());
  }

  @Test
  void earlierGroupsAreWhole() throws IOException {
    LogWritesDevice log = new LogWritesDevice(new MemoryDevice(SIZE));
    BlockDevice device = new CachedDevice(log, 1 << 20, Duration.ZERO);
    run(device, log);
    judgeAll(log, true);
  }

  @Test
  void earlierGroupsAreWholeWhenTheCacheIsTooSmall() throws IOException {
    LogWritesDevice log = new LogWritesDevice(new MemoryDevice(SIZE));
    BlockDevice device = new CachedDevice(log, 0, Duration.ZERO);
    run(device, log);
    judgeAll(log, true);
  }

  @Test
  void earlierGroupsAreWholeWithCommitsInTheBackground() throws IOException {
    LogWritesDevice log = new LogWritesDevice(new MemoryDevice(SIZE));
    try (BlockDevice device = new CachedDevice(log, 1 << 20, Duration.ofNanos(1000))) {
      run(device, log);
    }
    judgeAll(log, true);
  }

  @Test
  void earlierGroupsAreWholeWhenTheHostFails() throws IOException {
    LogWritesDevice log = new LogWritesDevice(new MemoryDevice(SIZE));
    Random chance = new Random(random.nextLong());
    BlockDevice flakey =
        new FlakeyDevice(
            log,
            (number, operation, position, length) ->
                chance.nextInt(6) == 0 ? Fault.FAIL : Fault.NONE);
    run(new CachedDevice(flakey, 0, Duration.ZERO), log);
    judgeAll(log, false);
  }

  @Test
  void earlierGroupsAreWholeWithoutACache() throws IOException {
    LogWritesDevice log = new LogWritesDevice(new MemoryDevice(SIZE));
    run(log, log);
    judgeAll(log, true);
  }

  @Test
  void earlierGroupsAreWholeThroughAWindowAndAnEncryptionAboveTheCache() throws IOException {
    layers =
        lower ->
            new LinearDevice(
                new CryptDevice(
                    new LinearDevice(lower, 4096, lower.size() - 4096), new ToyCipher(), 7),
                1536,
                SIZE);
    LogWritesDevice log = new LogWritesDevice(host());
    run(new CachedDevice(log, 1 << 20, Duration.ZERO), log);
    judgeAll(log, true);
  }

  @Test
  void batchesShareTheirGroups() throws IOException {
    LogWritesDevice log = new LogWritesDevice(new MemoryDevice(1 << 20));
    try (BlockDevice device = new CachedDevice(log, 1 << 20, Duration.ZERO)) {
      AtomicInteger committed = new AtomicInteger();
      for (int i = 0; i < 100; i++) {
        WriteBatch batch = new WriteBatch().whenCommitted(committed::incrementAndGet);
        byte[] stamp = stamp(i);
        for (Group group : Group.values()) {
          batch.write(group, group.rank() * 8192L + i % 16 * 512L, stamp, 0, SECTOR);
        }
        device.submit(batch);
      }
      assertEquals(0, log.entries(), "nothing is written before somebody asks");
      assertEquals(0, committed.get());
      device.flush();
      assertEquals(100, committed.get());
      // One write and one flush for each group.
      assertEquals(2 * Group.COUNT, log.entries());
      for (int i = 0; i < log.entries(); i++) {
        assertEquals(i % 2 == 1, log.isFlush(i));
      }
    }
  }

  @Test
  void aBatchIsHandedOverOnce() throws IOException {
    try (BlockDevice device = new CachedDevice(new MemoryDevice(8192), 0, Duration.ZERO)) {
      WriteBatch batch = new WriteBatch();
      assertTrue(batch.isEmpty());
      batch.write(Group.FIRST, 0, new byte[10], 0, 10);
      assertFalse(batch.isEmpty());
      device.submit(batch);
      assertThrows(IllegalStateException.class, () -> device.submit(batch));
    }
  }
}
