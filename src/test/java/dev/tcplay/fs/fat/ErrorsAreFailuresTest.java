package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Seeds;
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

  /** Throws at one call of it, and is a good device before and after. */
  private static final class ThrowingDevice implements BlockDevice {

    private final BlockDevice lower;
    private final int kind;
    private int countdown;

    ThrowingDevice(BlockDevice lower, int kind, int countdown) {
      this.lower = lower;
      this.kind = kind;
      this.countdown = countdown;
    }

    private synchronized void count() {
      if (--countdown == 0) {
        switch (kind) {
          case 0 -> throw new OutOfMemoryError("injected");
          case 1 -> throw new StackOverflowError("injected");
          default -> throw new IllegalStateException("injected");
        }
      }
    }

    @Override
    public long size() {
      return lower.size();
    }

    @Override
    public int sectorSize() {
      return lower.sectorSize();
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
      count();
      lower.read(position, target, offset, length);
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
      count();
      lower.write(position, source, offset, length);
    }

    @Override
    public void flush() throws IOException {
      count();
      lower.flush();
    }

    @Override
    public void discard(long position, long length) {}

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void noErrorLeavesDamageThatCountsAsClean(String type) throws Exception {
    Random seeds = new Random(Seeds.of("noErrorLeavesDamageThatCountsAsClean " + type));
    int failures = 0;
    for (int i = 0; i < RUNS; i++) {
      long seed = seeds.nextLong();
      Random random = new Random(seed);
      MemoryDevice disk = new MemoryDevice(WritableVolume.smallest(type));
      new FatDriver().format(disk, WritableVolume.options(type));
      ThrowingDevice throwing =
          new ThrowingDevice(disk, random.nextInt(3), 10 + random.nextInt(400));
      ErrorWorkload use = new ErrorWorkload(random, "");
      boolean wellClosed = false;
      try {
        MountedVolume volume =
            new FatDriver()
                .mount(
                    new CachedDevice(throwing, random.nextInt(1 << 17), Duration.ZERO),
                    WritableVolume.OPTIONS);
        use.use(volume, OPERATIONS);
        use.letAllGo();
        failures += volume.isReadOnly() ? 1 : 0;
        volume.close();
        wellClosed = true;
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      } catch (IOException | RuntimeException | Error e) {
        failures++;
      }
      judge(disk, use, wellClosed, "seed " + seed);
    }
    assertTrue(failures > RUNS / 10, "only " + failures + " errors had an effect");
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
    MemoryDevice disk = new MemoryDevice(WritableVolume.smallest("FAT16"));
    new FatDriver().format(disk, WritableVolume.options("FAT16"));
    ThrowingDevice throwing = new ThrowingDevice(disk, 0, Integer.MAX_VALUE);
    MountedVolume volume =
        new FatDriver().mount(new CachedDevice(throwing, 0, Duration.ZERO), WritableVolume.OPTIONS);
    volume.create(volume.root(), "before", NodeType.FILE, AttributeChange.NONE);
    throwing.countdown = 1;
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
    new FatDriver().check(disk, Volumes.OPTIONS, findings::add);
    assertTrue(
        findings.stream().anyMatch(finding -> finding.kind().equals("dirty")), findings::toString);
  }

  @Test
  void whoClosesAFileOfABrokenVolumeGivesNothingBack() throws Exception {
    MemoryDevice disk = new MemoryDevice(WritableVolume.smallest("FAT16"));
    new FatDriver().format(disk, WritableVolume.options("FAT16"));
    ThrowingDevice throwing = new ThrowingDevice(disk, 0, Integer.MAX_VALUE);
    FatVolume volume =
        (FatVolume)
            new FatDriver()
                .mount(new CachedDevice(throwing, 0, Duration.ZERO), WritableVolume.OPTIONS);
    List<OpenNode> open = new ArrayList<>();
    for (String name : List.of("kept", "deleted")) {
      Node file = volume.create(volume.root(), name, NodeType.FILE, AttributeChange.NONE);
      open.add(volume.open(file));
      open.get(open.size() - 1).write(0, new byte[20_000], 0, 20_000);
    }
    volume.delete(volume.lookup(volume.root(), "deleted"));
    throwing.countdown = 1;
    assertThrows(OutOfMemoryError.class, volume::force);
    assertTrue(volume.isReadOnly());
    long free = volume.space().freeBytes();
    assertThrows(IOException.class, open.get(0)::close);
    open.get(1).close();
    assertEquals(free, volume.space().freeBytes());
    assertEquals(List.of(), volume.files().all());
  }
}
