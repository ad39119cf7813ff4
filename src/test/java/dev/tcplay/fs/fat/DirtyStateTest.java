package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.FlakeyDevice;
import dev.tcplay.block.ForbiddenWriteException;
import dev.tcplay.block.GuardDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The marks of being in use, and what makes a volume read-only: sections H and I9 of the rules. */
class DirtyStateTest {

  private static byte[] bytes(BlockDevice disk) throws IOException {
    byte[] bytes = new byte[(int) disk.size()];
    disk.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  private static boolean isMarked(BlockDevice disk) throws IOException {
    try (MountedVolume volume = new FatDriver().mount(disk, Volumes.OPTIONS)) {
      return volume.warnings().stream().anyMatch(warning -> warning.contains("not closed"));
    }
  }

  private static int state(BlockDevice disk) throws IOException {
    return BootSector.read(disk, 0).state();
  }

  private static int secondEntry(BlockDevice disk, FatType type) throws IOException {
    Geometry geometry = Geometry.of(BootSector.read(disk, 0));
    return type == FatType.FAT12 ? 0 : new FatTable(disk, geometry).cursor().get(1);
  }

  private static int cleanBits(FatType type) {
    return switch (type) {
      case FAT12 -> 0;
      case FAT16 -> 0x8000;
      case FAT32 -> 0x0800_0000;
    };
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void theMarksAreOnTheDiskFromTheFirstChangeToTheClosing(FatType type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type.name())) {
      int clean = secondEntry(disk.disk(), type) & cleanBits(type);
      assertEquals(cleanBits(type), clean);
      disk.file("/file");
      assertEquals(1, state(disk.disk()));
      assertEquals(0, secondEntry(disk.disk(), type) & cleanBits(type));
      disk.volume().close();
      assertEquals(0, state(disk.disk()));
      assertEquals(cleanBits(type), secondEntry(disk.disk(), type) & cleanBits(type));
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aMarkFromBeforeStays(FatType type) throws Exception {
    WritableVolume disk = WritableVolume.of(type.name());
    BlockDevice bare = disk.disk();
    disk.volume().close();
    bare.write(BootSector.read(bare, 0).statePosition(), new byte[] {1}, 0, 1);
    try (WritableVolume again = WritableVolume.on(bare)) {
      again.file("/file");
      again.volume().close();
      assertEquals(1, state(bare));
      assertTrue(isMarked(bare));
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void marksOfMediaErrorsLeaveNoMarkOfBeingInUse(FatType type) throws Exception {
    WritableVolume disk = WritableVolume.of(type.name());
    BlockDevice bare = disk.disk();
    disk.volume().close();
    bare.write(BootSector.read(bare, 0).statePosition(), new byte[] {2}, 0, 1);
    try (WritableVolume again = WritableVolume.on(bare)) {
      again.file("/file");
      assertEquals(3, state(bare));
      again.volume().close();
      assertEquals(2, state(bare));
      assertEquals(cleanBits(type), secondEntry(bare, type) & cleanBits(type));
    }
    bare.write(BootSector.read(bare, 0).statePosition(), new byte[] {3}, 0, 1);
    Repairs.repair(bare, Repairs.FREE);
    assertEquals(2, state(bare));
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void readingWritesNothing(FatType type) throws Exception {
    WritableVolume disk = WritableVolume.of(type.name());
    disk.directory("/dir");
    disk.file("/dir/file", (byte) 1);
    BlockDevice bare = disk.disk();
    disk.volume().close();
    byte[] before = bytes(bare);
    try (WritableVolume again = WritableVolume.on(bare)) {
      assertArrayEquals(new byte[] {1}, again.read("/dir/file"));
      assertTrue(again.volume().space().freeBytes() > 0);
      again.volume().force();
      again.volume().close();
      assertArrayEquals(before, bytes(bare));
    }
  }

  @Test
  void aVolumeMountedToReadRefusesEveryChange() throws Exception {
    WritableVolume disk = WritableVolume.of("FAT16");
    disk.file("/file", (byte) 1);
    disk.volume().close();
    MountOptions reading = Volumes.OPTIONS;
    try (MountedVolume volume = new FatDriver().mount(disk.disk(), reading)) {
      assertTrue(volume.isReadOnly());
      Node file = Walk.find(volume, "/file");
      Node root = volume.root();
      assertThrows(
          ReadOnlyFileSystemException.class,
          () -> volume.create(root, "x", NodeType.FILE, AttributeChange.NONE));
      assertThrows(ReadOnlyFileSystemException.class, () -> volume.delete(file));
      assertThrows(ReadOnlyFileSystemException.class, () -> volume.move(file, root, "x", false));
      try (OpenNode open = volume.open(file)) {
        assertThrows(NonWritableChannelException.class, () -> open.write(0, new byte[1], 0, 1));
        assertThrows(NonWritableChannelException.class, () -> open.truncate(0));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void aRefusedWriteMakesTheVolumeReadOnlyAndLeavesItMarked(String type) throws Exception {
    WritableVolume made = WritableVolume.of(type);
    made.file("/there", (byte) 1);
    BlockDevice bare = made.disk();
    made.volume().close();
    long third = bare.size() / 3;
    AtomicBoolean told = new AtomicBoolean();
    BlockDevice cache = new CachedDevice(bare, 4 << 20, Duration.ZERO);
    BlockDevice guard =
        new GuardDevice(cache, bare.size() - third, third, refusal -> told.set(true));
    MountedVolume volume = new FatDriver().mount(guard, WritableVolume.OPTIONS);
    Node big = volume.create(volume.root(), "big", NodeType.FILE, AttributeChange.NONE);
    byte[] piece = new byte[100_000];
    OpenNode open = volume.open(big);
    assertThrows(
        ForbiddenWriteException.class,
        () -> {
          while (true) {
            open.append(piece, 0, piece.length);
          }
        });
    assertTrue(told.get());
    assertTrue(volume.isReadOnly());
    assertThrows(
        ReadOnlyFileSystemException.class,
        () -> volume.create(volume.root(), "more", NodeType.FILE, AttributeChange.NONE));
    IOException late = assertThrows(IOException.class, () -> open.append(piece, 0, 1));
    assertTrue(late.getMessage().contains("read-only"), late.getMessage());
    assertArrayEquals(new byte[] {1}, Walk.read(volume, "/there"));
    assertThrows(IOException.class, open::close);
    volume.close();
  }

  @Test
  void aHostThatFailsMakesTheVolumeReadOnly() throws Exception {
    WritableVolume made = WritableVolume.of("FAT16");
    made.file("/there", (byte) 1);
    BlockDevice bare = made.disk();
    made.volume().close();
    AtomicBoolean broken = new AtomicBoolean();
    BlockDevice flakey =
        new FlakeyDevice(
            bare,
            (number, operation, position, length) ->
                broken.get() && operation == FlakeyDevice.Operation.WRITE
                    ? FlakeyDevice.Fault.FAIL
                    : FlakeyDevice.Fault.NONE);
    FileSystemDriver driver = new FatDriver();
    MountedVolume volume =
        driver.mount(flakey, MountOptions.DEFAULT.withCodePage(WritableVolume.CODE_PAGE));
    assertFalse(volume.isReadOnly());
    volume.create(volume.root(), "first", NodeType.FILE, AttributeChange.NONE);
    broken.set(true);
    assertThrows(
        IOException.class,
        () -> volume.create(volume.root(), "second", NodeType.FILE, AttributeChange.NONE));
    assertTrue(volume.isReadOnly());
    assertThrows(
        ReadOnlyFileSystemException.class,
        () -> volume.create(volume.root(), "third", NodeType.FILE, AttributeChange.NONE));
    assertArrayEquals(new byte[] {1}, Walk.read(volume, "/there"));
  }
}
