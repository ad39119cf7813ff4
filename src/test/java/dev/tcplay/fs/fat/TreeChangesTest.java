package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Walk;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeChangesTest {

  private static final String LONG =
      "A rather long name, which lies in several sectors of it".repeat(3);

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void whatIsMadeIsThereUnderItsNameAndStaysThere(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      disk.directory("/dir");
      disk.directory("/dir/Inner Directory");
      disk.file("/dir/Inner Directory/" + LONG, (byte) 1, (byte) 2);
      disk.file("/lower.txt");
      disk.file("/你好 \ud83d\ude00.txt", (byte) 3);
      disk.remount();
      assertEquals(List.of("Inner Directory"), Walk.names(disk.volume(), "/dir"));
      assertEquals(
          List.of("dir", "lower.txt", "你好 \ud83d\ude00.txt"), Walk.names(disk.volume(), "/"));
      assertArrayEquals(new byte[] {1, 2}, disk.read("/dir/Inner Directory/" + LONG));
      assertArrayEquals(new byte[] {3}, disk.read("/你好 \ud83d\ude00.txt"));
      assertArrayEquals(new byte[0], disk.read("/LOWER.TXT"));
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void aDirectoryGrowsAndShrinksByItsEntries(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      disk.directory("/many");
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        names.add("entry number " + i + ".text");
        disk.file("/many/" + names.get(i), (byte) i);
      }
      assertEquals(names, Walk.names(disk.volume(), "/many"));
      for (int i = 0; i < 300; i += 2) {
        disk.volume().delete(disk.find("/many/" + names.get(i)));
      }
      disk.remount();
      for (int i = 0; i < 300; i++) {
        Node node = disk.find("/many/" + names.get(i));
        if (i % 2 == 0) {
          assertNull(node);
        } else {
          assertArrayEquals(new byte[] {(byte) i}, Walk.read(disk.volume(), node));
        }
      }
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void aMoveKeepsContentsAndIdAndTellsTheChildrenTheirParent(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      disk.directory("/from");
      disk.directory("/to");
      Node moving = disk.directory("/from/moving");
      Node file = disk.file("/from/moving/file", (byte) 7);
      Node moved = disk.volume().move(moving, disk.find("/to"), "Moved to here", false);
      assertEquals(moving.id(), moved.id());
      assertNull(disk.find("/from/moving"));
      assertEquals(file.id(), disk.find("/to/Moved to here/file").id());
      Node renamed =
          disk.volume().move(disk.find("/to/Moved to here/file"), disk.find("/"), "FILE", false);
      assertEquals(file.id(), renamed.id());
      Node other = disk.file("/to/Moved to here/file", (byte) 8);
      assertNotEquals(file.id(), other.id());
      disk.remount();
      assertArrayEquals(new byte[] {7}, disk.read("/FILE"));
      assertArrayEquals(new byte[] {8}, disk.read("/to/Moved to here/file"));
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void aReplacedFileIsTheOneThatMoved(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      Node source = disk.file("/new contents", (byte) 1);
      disk.directory("/dir");
      Node target = disk.file("/dir/Target", (byte) 2, (byte) 2);
      try (OpenNode old = disk.volume().open(target)) {
        assertThrows(
            FileAlreadyExistsException.class,
            () -> disk.volume().move(source, disk.find("/dir"), "TARGET", false));
        Node moved = disk.volume().move(source, disk.find("/dir"), "TARGET", true);
        assertEquals(source.id(), moved.id());
        byte[] bytes = new byte[4];
        assertEquals(2, old.read(0, bytes, 0, 4));
        old.write(2, new byte[3], 0, 3);
        assertEquals(5, old.size());
      }
      assertEquals(List.of("dir"), Walk.names(disk.volume(), "/"));
      assertArrayEquals(new byte[] {1}, disk.read("/dir/target"));
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT32"})
  void aNameChangesItsCaseInPlace(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      disk.file("/name", (byte) 1);
      disk.file("/" + LONG, (byte) 2);
      disk.volume().move(disk.find("/name"), disk.find("/"), "Name", false);
      disk.volume()
          .move(disk.find("/" + LONG), disk.find("/"), LONG.toUpperCase(Locale.ROOT), false);
      List<String> names = new ArrayList<>(Walk.names(disk.volume(), "/"));
      Collections.sort(names);
      assertEquals(List.of(LONG.toUpperCase(Locale.ROOT), "Name"), names);
      assertArrayEquals(new byte[] {1}, disk.read("/name"));
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void whatCannotBeDoneChangesNothing(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      Node dir = disk.directory("/dir");
      Node inner = disk.directory("/dir/inner");
      Node file = disk.file("/file");
      var volume = disk.volume();
      assertThrows(
          FileAlreadyExistsException.class,
          () -> volume.create(volume.root(), "DIR", NodeType.DIRECTORY, AttributeChange.NONE));
      assertThrows(
          InvalidPathException.class,
          () -> volume.create(volume.root(), "a*b", NodeType.FILE, AttributeChange.NONE));
      assertThrows(InvalidPathException.class, () -> volume.move(file, dir, "dot.", false));
      assertThrows(DirectoryNotEmptyException.class, () -> volume.delete(dir));
      assertThrows(
          DirectoryNotEmptyException.class, () -> volume.move(file, volume.root(), "dir", true));
      assertThrows(FileSystemException.class, () -> volume.move(dir, inner, "x", false));
      assertThrows(FileSystemException.class, () -> volume.move(dir, dir, "x", false));
      assertThrows(FileSystemException.class, () -> volume.delete(volume.root()));
      volume.change(file, AttributeChange.NONE.withReadOnly(true));
      assertThrows(AccessDeniedException.class, () -> volume.delete(file));
      volume.change(file, AttributeChange.NONE.withReadOnly(false));
      volume.delete(file);
      assertThrows(NoSuchFileException.class, () -> volume.delete(file));
      assertThrows(NoSuchFileException.class, () -> volume.open(file));
      assertEquals(List.of("dir"), Walk.names(volume, "/"));
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void contentsAreWhatWasWrittenAndGapsAreZeros(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      byte[] junk = new byte[200_000];
      Arrays.fill(junk, (byte) 0x55);
      disk.file("/junk", junk);
      disk.volume().delete(disk.find("/junk"));
      disk.volume().force();
      Node file = disk.file("/file");
      byte[] model = new byte[150_000];
      try (OpenNode open = disk.volume().open(file)) {
        open.write(10, new byte[] {1}, 0, 1);
        open.write(100_000, new byte[] {2}, 0, 1);
        open.truncate(50_000);
        open.append(new byte[] {3}, 0, 1);
        open.write(149_999, new byte[] {4}, 0, 1);
        open.write(49_000, new byte[] {5}, 0, 1);
      }
      model[10] = 1;
      model[50_000] = 3;
      model[149_999] = 4;
      model[49_000] = 5;
      assertArrayEquals(model, disk.read("/file"));
      disk.remount();
      assertArrayEquals(model, disk.read("/file"));
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void aFullVolumeTakesAgainWhatWasDeleted(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      long free = disk.volume().space().freeBytes();
      byte[] all = new byte[(int) free];
      disk.file("/all", all);
      assertEquals(0, disk.volume().space().freeBytes());
      Node more =
          disk.volume().create(disk.volume().root(), "more", NodeType.FILE, AttributeChange.NONE);
      try (OpenNode open = disk.volume().open(more)) {
        FileSystemException full =
            assertThrows(FileSystemException.class, () -> open.write(0, new byte[1], 0, 1));
        assertEquals("No space left on the volume", full.getReason());
        assertEquals(0, open.size());
        disk.volume().delete(disk.find("/all"));
        assertEquals(free, disk.volume().space().freeBytes());
        open.write(0, all, 0, all.length);
      }
      disk.closeAndCheck();
    }
  }

  @Test
  void aBackupThatIsNoneGetsNoLabel() throws Exception {
    MemoryDevice bare = new MemoryDevice(WritableVolume.smallest("FAT32"));
    new FatDriver().format(bare, WritableVolume.options("FAT32"));
    byte[] blank = new byte[512];
    long backup = BootSector.read(bare, 0).backupSector() * 512L;
    bare.write(backup, blank, 0, blank.length);
    try (WritableVolume disk = WritableVolume.on(bare)) {
      disk.volume().setLabel(Optional.of("NEW"));
    }
    byte[] now = new byte[512];
    bare.read(backup, now, 0, now.length);
    assertArrayEquals(blank, now);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void theLabelIsSetChangedAndRemoved(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      disk.file("/file");
      disk.volume().setLabel(Optional.of("First"));
      assertEquals(Optional.of("FIRST"), disk.volume().label());
      disk.volume().setLabel(Optional.of("SECOND ONE"));
      disk.remount();
      assertEquals(Optional.of("SECOND ONE"), disk.volume().label());
      disk.volume().setLabel(Optional.empty());
      assertEquals(Optional.empty(), disk.volume().label());
      assertThrows(
          IllegalArgumentException.class, () -> disk.volume().setLabel(Optional.of("a.b")));
      assertNotNull(disk.find("/file"));
      disk.closeAndCheck();
    }
  }
}
