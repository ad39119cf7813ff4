package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForbiddenWriteException;
import dev.tcplay.block.GuardDevice;
import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A power cut at any write before and after a guard has refused one. */
class GuardCutTest {

  private static final int FORCED = 5;

  /**
   * Every prefix of the writes, and random sectors of what no flush followed: the guarded range is
   * as before, what was forced is there, and a repair mends the rest.
   */
  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16"})
  void aCutAtEveryWriteLeavesTheRangeAndWhatWasForced(String type) throws Exception {
    Random random = new Random(Seeds.of("GuardCutTest " + type));
    WritableVolume made = WritableVolume.of(type);
    made.file("/there", (byte) 1);
    made.volume().close();
    byte[] start = Repairs.bytes(made.disk());
    int third = start.length / 3 & -512;
    for (int at = start.length - third; at < start.length; at++) {
      start[at] = (byte) random.nextInt();
    }
    LogWritesDevice log = new LogWritesDevice(device(start));
    int[] forcedAt = fill(log, third);
    assertTrue(log.entries() > forcedAt[FORCED - 1], "no write follows the forced ones");
    int from = 0;
    for (int cut = 0; cut <= log.entries(); cut++) {
      MemoryDevice prefix = device(start);
      log.replay(0, cut, prefix);
      judge(prefix, start, third, forcedAt, cut);
      if (cut < log.entries() && log.isFlush(cut)) {
        for (int subset = 0; subset < 2; subset++) {
          MemoryDevice torn = device(start);
          log.replay(0, from, torn);
          log.replay(from, cut, torn, (entry, sector) -> random.nextBoolean());
          judge(torn, start, third, forcedAt, from);
        }
        from = cut;
      }
    }
  }

  /** Writes and forces files, then one that grows until it is refused; returns when each was. */
  private static int[] fill(LogWritesDevice log, int third) throws IOException {
    int[] forcedAt = new int[FORCED];
    BlockDevice cache = new CachedDevice(log, 4 << 20, Duration.ZERO);
    GuardDevice guard = new GuardDevice(cache, log.size() - third, third, refusal -> {});
    MountedVolume volume = new FatDriver().mount(guard, WritableVolume.OPTIONS);
    for (int number = 0; number < FORCED; number++) {
      OpenNode open = volume.open(create(volume, "forced" + number));
      open.append(new byte[] {(byte) number}, 0, 1);
      open.force();
      open.close();
      forcedAt[number] = log.entries();
    }
    OpenNode big = volume.open(create(volume, "big"));
    byte[] piece = new byte[50_000];
    assertThrows(
        ForbiddenWriteException.class,
        () -> {
          while (true) {
            big.append(piece, 0, piece.length);
            big.force();
          }
        });
    assertTrue(guard.isTripped());
    assertThrows(IOException.class, big::close);
    volume.close();
    return forcedAt;
  }

  private static Node create(MountedVolume volume, String name) throws IOException {
    return volume.create(volume.root(), name, NodeType.FILE, AttributeChange.NONE);
  }

  private static MemoryDevice device(byte[] bytes) throws IOException {
    MemoryDevice device = new MemoryDevice(bytes.length);
    device.write(0, bytes, 0, bytes.length);
    return device;
  }

  private static void judge(BlockDevice device, byte[] start, int third, int[] forcedAt, int cut)
      throws Exception {
    byte[] after = Repairs.bytes(device);
    int range = start.length - third;
    assertArrayEquals(
        Arrays.copyOfRange(start, range, start.length),
        Arrays.copyOfRange(after, range, after.length));
    List<Finding> findings = Repairs.repair(device, Repairs.FREE);
    assertTrue(findings.stream().allMatch(Finding::mended), findings::toString);
    assertEquals(List.of(), Checks.findings(device));
    MountedVolume volume = new FatDriver().mount(device, Volumes.OPTIONS);
    assertArrayEquals(new byte[] {1}, Walk.read(volume, "/there"));
    for (int number = 0; number < FORCED; number++) {
      if (forcedAt[number] <= cut) {
        assertArrayEquals(new byte[] {(byte) number}, Walk.read(volume, "/forced" + number));
      }
    }
  }
}
