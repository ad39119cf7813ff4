package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NodeType;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.ThrowingDevice;
import dev.tcplay.testing.TypedVolumes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no driver expects, such as an {@code OutOfMemoryError} of a host that finds no memory for
 * its buffers, ends no volume as clean that has damage, and takes nothing that was forced. The
 * system property {@code tcplay.errors.runs} sets how many errors are injected on each type.
 */
class ErrorsAreFailuresTest {

  private static final int RUNS = Integer.getInteger("tcplay.errors.runs", 150);
  private static final int OPERATIONS = 60;

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32", "exFAT"})
  void noErrorLeavesDamageThatCountsAsClean(String type) throws Exception {
    Random seeds = new Random(Seeds.of("noErrorLeavesDamageThatCountsAsClean " + type));
    int struck = 0;
    for (int i = 0; i < RUNS; i++) {
      long seed = seeds.nextLong();
      int failing = 1 + seeds.nextInt(use(type, seed, Integer.MAX_VALUE));
      struck += use(type, seed, failing) >= failing ? 1 : 0;
    }
    assertTrue(struck > RUNS / 2, "only " + struck + " errors were thrown");
  }

  /** Uses a volume whose device fails at that call, and returns how many calls there were. */
  private static int use(String type, long seed, int failing) throws IOException {
    Random random = new Random(seed);
    MemoryDevice disk = new MemoryDevice(TypedVolumes.smallest(type));
    TypedVolumes.format(disk, type);
    ThrowingDevice throwing = new ThrowingDevice(disk, random.nextInt(3), failing);
    ErrorWorkload use = new ErrorWorkload(random, "");
    String run = "seed " + seed + ", call " + failing;
    boolean wellClosed = false;
    try {
      MountedVolume volume =
          TypedVolumes.driver(disk)
              .mount(
                  new CachedDevice(throwing, random.nextInt(1 << 17), Duration.ZERO),
                  TypedVolumes.OPTIONS);
      use.use(volume, OPERATIONS);
      use.letAllGo();
      volume.close();
      wellClosed = true;
    } catch (AssertionError e) {
      throw new AssertionError(run, e);
    } catch (IOException | RuntimeException | Error e) {
      if (throwing.calls() < failing) {
        throw new AssertionError(run + ", of which nothing was injected", e);
      }
    }
    judge(disk, use, wellClosed, run);
    return throwing.calls();
  }

  private static void judge(BlockDevice disk, ErrorWorkload use, boolean wellClosed, String run)
      throws IOException {
    try {
      use.ended(wellClosed);
      ErrorWorkload.judgeMark(disk);
      use.judge(disk);
    } catch (AssertionError e) {
      throw new AssertionError(run, e);
    }
  }

  @Test
  void anErrorMakesTheVolumeReadOnlyAndClosingSaysSo() throws Exception {
    MemoryDevice disk = new MemoryDevice(TypedVolumes.smallest("FAT16"));
    TypedVolumes.format(disk, "FAT16");
    ThrowingDevice throwing = new ThrowingDevice(disk, 0, Integer.MAX_VALUE);
    MountedVolume volume =
        TypedVolumes.driver(disk)
            .mount(new CachedDevice(throwing, 0, Duration.ZERO), TypedVolumes.OPTIONS);
    volume.create(volume.root(), "before", NodeType.FILE, AttributeChange.NONE);
    throwing.throwNext();
    assertThrows(
        OutOfMemoryError.class,
        () -> {
          for (int i = 0; i < 1000; i++) {
            volume.create(
                volume.root(), "directory " + i, NodeType.DIRECTORY, AttributeChange.NONE);
          }
        });
    assertTrue(volume.isReadOnly());
    FileSystemException e = assertThrows(FileSystemException.class, volume::close);
    assertEquals(
        "the volume has become read-only: an error has ended a change halfway", e.getReason());
    List<Finding> findings = new ArrayList<>();
    TypedVolumes.driver(disk).check(disk, TypedVolumes.OPTIONS, findings::add);
    assertTrue(
        findings.stream().anyMatch(finding -> finding.kind().equals("dirty")), findings::toString);
  }
}
