package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.testing.CrashImage;
import dev.tcplay.testing.Walk;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories that are full, that grow, and that change while they are listed: section C. */
class DirectoryLimitsTest {

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16"})
  void theFixedRootIsFullAtItsEnd(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      int made = 0;
      while (made < 512) {
        disk.file("/F" + made++);
      }
      FileSystemException full = assertThrows(FileSystemException.class, () -> disk.file("/MORE"));
      assertTrue(full.getReason().contains("512 slots"), full.getReason());
      disk.volume().delete(disk.find("/F100"));
      disk.volume().delete(disk.find("/F102"));
      assertThrows(FileSystemException.class, () -> disk.file("/two slots"));
      disk.file("/MORE");
      disk.volume().delete(disk.find("/F101"));
      disk.file("/two slots");
      assertEquals(511, Walk.names(disk.volume(), "/").size());
      disk.closeAndCheck();
    }
  }

  @Test
  void aDirectoryIsFullWith65536Slots() throws Exception {
    try (WritableVolume disk = WritableVolume.of("FAT32", 80 << 20)) {
      Node directory = disk.directory("/full");
      String tail = "x".repeat(240);
      int made = 0;
      while (made < 3276) {
        disk.volume().create(directory, tail + made++, NodeType.FILE, AttributeChange.NONE);
      }
      // 2 for the dots, 3276 of 20 slots: 14 are left.
      assertThrows(
          FileSystemException.class,
          () -> disk.volume().create(directory, tail + "y", NodeType.FILE, AttributeChange.NONE));
      for (int i = 0; i < 14; i++) {
        disk.volume().create(directory, "LAST" + i, NodeType.FILE, AttributeChange.NONE);
      }
      FileSystemException full =
          assertThrows(
              FileSystemException.class,
              () -> disk.volume().create(directory, "MORE", NodeType.FILE, AttributeChange.NONE));
      assertTrue(full.getReason().contains("65536 slots"), full.getReason());
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void whatLiesBehindTheEndStaysBehindTheEnd(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    image.addDirectory(FatImage.ROOT, "DIR        ", 30);
    // Junk that looks like entries, behind the first slot that was never used.
    byte[] junk = new byte[512 - 3 * 32];
    Arrays.fill(junk, (byte) 'J');
    image.device.write(image.position(30) + 3 * 32, junk, 0, junk.length);
    try (WritableVolume disk = WritableVolume.on(image.device)) {
      disk.file("/DIR/A");
      disk.file("/DIR/long name of some slots");
      assertEquals(
          Set.of("A", "long name of some slots"), new HashSet<>(Walk.names(disk.volume(), "/DIR")));
      disk.remount();
      // Not for fsck.fat to judge, which looks behind the end as Linux does.
      assertEquals(2, Walk.names(disk.volume(), "/DIR").size());
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void noCrashBringsUpWhatLiesBehindTheEnd(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    image.addDirectory(FatImage.ROOT, "DIR        ", 30);
    image.chain(30, 31, 32);
    byte[] junk = new byte[32];
    Arrays.fill(junk, 0, 11, (byte) 'J');
    junk[11] = FatImage.ARCHIVE;
    for (int slot = 3; slot < 3 * 512 / 32; slot++) {
      image.device.write(image.position(30) + slot * 32L, junk, 0, junk.length);
    }
    byte[] start = new byte[(int) image.device.size()];
    image.device.read(0, start, 0, start.length);
    LogWritesDevice log = new LogWritesDevice(image.device);
    String name = "many.parts_".repeat(20);
    try (MountedVolume volume =
        new FatDriver()
            .mount(new CachedDevice(log, 1 << 20, Duration.ZERO), WritableVolume.OPTIONS)) {
      volume.create(Walk.find(volume, "/DIR"), name, NodeType.FILE, AttributeChange.NONE);
    }
    CrashImage state = new CrashImage(start);
    int from = 0;
    while (from < log.entries()) {
      int to = from;
      while (!log.isFlush(to)) {
        to++;
      }
      int[] sectors = {0};
      log.replay(from, to, state, (entry, sector) -> sectors[0]++ < 0);
      for (int set = 0; set < 1 << sectors[0]; set++) {
        int written = set;
        sectors[0] = 0;
        state.goBack();
        log.replay(from, to, state, (entry, sector) -> (written >> sectors[0]++ & 1) != 0);
        List<String> names = Walk.names(new FatDriver().mount(state, Volumes.OPTIONS), "/DIR");
        assertTrue(names.isEmpty() || names.equals(List.of(name)), names::toString);
      }
      state.keep();
      from = to + 1;
    }
    assertEquals(1, Walk.names(new FatDriver().mount(state, Volumes.OPTIONS), "/DIR").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void newDirectoriesHoldNothingOfWhatWasThere(String type) throws Exception {
    long size = WritableVolume.smallest(type);
    MemoryDevice bare = new MemoryDevice(size);
    byte[] noise = new byte[(int) size];
    new Random(3).nextBytes(noise);
    bare.write(0, noise, 0, noise.length);
    new FatDriver().format(bare, WritableVolume.options(type));
    try (WritableVolume disk = WritableVolume.on(bare)) {
      disk.directory("/dir");
      assertTrue(Walk.names(disk.volume(), "/dir").isEmpty());
      for (int i = 0; i < 200; i++) {
        disk.directory("/dir/sub-directory " + i);
      }
      assertEquals(200, Walk.names(disk.volume(), "/dir").size());
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT32"})
  void aListingGivesWhatStaysOnceAndUnderItsName(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      Node directory = disk.directory("/dir");
      for (int i = 0; i < 200; i++) {
        disk.volume()
            .create(directory, "entry that stays " + i, NodeType.FILE, AttributeChange.NONE);
        disk.volume().create(directory, "goes " + i, NodeType.FILE, AttributeChange.NONE);
      }
      Set<String> seen = new HashSet<>();
      DirectoryCursor cursor = disk.volume().list(directory);
      DirectoryCursor.Entry entry;
      int turn = 0;
      while ((entry = cursor.next()) != null) {
        assertTrue(seen.add(entry.name()), entry.name());
        assertTrue(entry.name().matches("(entry that stays|goes|a name that is new) \\d+"));
        if (turn < 200) {
          disk.volume().delete(Walk.find(disk.volume(), "/dir/goes " + turn));
          disk.volume()
              .create(directory, "a name that is new " + turn, NodeType.FILE, AttributeChange.NONE);
          turn++;
        }
      }
      for (int i = 0; i < 200; i++) {
        assertTrue(seen.contains("entry that stays " + i));
      }
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void ofTwoEntriesWithOneNameTheOtherIsThereWhenTheFirstIsDeleted(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    image.add(FatImage.ROOT, "SAME    TXT", FatImage.ARCHIVE, 10, 1);
    image.chain(10);
    image.add(FatImage.ROOT, "SAME    TXT", FatImage.ARCHIVE, 11, 2);
    image.chain(11);
    try (WritableVolume disk = WritableVolume.on(image.device)) {
      assertEquals(1, disk.read("/SAME.TXT").length);
      disk.volume().delete(disk.find("/same.txt"));
      assertEquals(2, disk.read("/SAME.TXT").length);
      disk.volume().delete(disk.find("/same.txt"));
      assertNull(disk.find("/same.txt"));
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void anEntryWithAnUnlawfulNameIsRenamedAndDeleted(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    image.add(FatImage.ROOT, " a\u0001b    *  ", FatImage.ARCHIVE, 10, 3);
    image.chain(10);
    image.add(FatImage.ROOT, "lower   txt", FatImage.ARCHIVE, 0, 0);
    try (WritableVolume disk = WritableVolume.on(image.device)) {
      DirectoryCursor cursor = disk.volume().list(disk.volume().root());
      Node strange = cursor.next().node();
      Node lower = cursor.next().node();
      disk.volume().move(strange, disk.volume().root(), "plain", false);
      disk.volume().delete(lower);
      assertNotNull(disk.find("/plain"));
      assertArrayEquals(new byte[3], disk.read("/plain"));
      disk.closeAndCheck();
    }
  }
}
