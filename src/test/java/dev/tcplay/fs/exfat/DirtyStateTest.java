package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.FlakeyDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The flag that a volume is in use, how full it says that it is, and what a failure does to it. */
class DirtyStateTest {

  private static int flags(BlockDevice disk) throws IOException {
    byte[] flags = new byte[1];
    disk.read(BootSector.VOLUME_FLAGS_POSITION, flags, 0, 1);
    return flags[0];
  }

  private static void setFlags(BlockDevice disk, int flags) throws IOException {
    disk.write(BootSector.VOLUME_FLAGS_POSITION, new byte[] {(byte) flags}, 0, 1);
  }

  @Test
  void volumeIsMarkedFromTheFirstChangeToTheEnd() throws Exception {
    WritableVolume volume = WritableVolume.of(1 << 20, 3);
    setFlags(volume.disk(), BootSector.CLEAR_TO_ZERO);
    volume.find("/nothing");
    volume.volume().space();
    assertEquals(BootSector.CLEAR_TO_ZERO, flags(volume.disk()));
    volume.file("/file", new byte[500_000]);
    assertEquals(BootSector.VOLUME_DIRTY, flags(volume.disk()));
    volume.closeAndCheck();
    assertEquals(0, flags(volume.disk()));
    BootSector boot = BootRegion.find(volume.disk()).boot();
    MountedVolume again = WritableVolume.on(volume.disk()).volume();
    long used = again.space().totalBytes() - again.space().freeBytes();
    assertEquals(100 * used / again.space().totalBytes(), boot.percentInUse());
  }

  @Test
  void markOfAnEarlierSessionStays() throws Exception {
    WritableVolume volume = WritableVolume.of(1 << 20, 3);
    volume.close();
    setFlags(volume.disk(), BootSector.VOLUME_DIRTY);
    volume.remount();
    assertTrue(volume.volume().warnings().toString().contains("not closed in order"));
    volume.file("/file", new byte[10]);
    volume.close();
    assertEquals(BootSector.VOLUME_DIRTY, flags(volume.disk()));
  }

  @Test
  void markOfMediaErrorsLeavesNoMarkOfBeingInUse() throws Exception {
    WritableVolume volume = WritableVolume.of(1 << 20, 3);
    volume.close();
    setFlags(volume.disk(), BootSector.MEDIA_FAILURE);
    volume.remount();
    assertTrue(volume.volume().warnings().toString().contains("having errors"));
    volume.file("/file", new byte[10]);
    assertEquals(BootSector.MEDIA_FAILURE | BootSector.VOLUME_DIRTY, flags(volume.disk()));
    volume.close();
    assertEquals(BootSector.MEDIA_FAILURE, flags(volume.disk()));
  }

  @Test
  void readingChangesNothing() throws Exception {
    BlockDevice disk = ExFatImage.make(1 << 20, 3);
    try (WritableVolume volume = WritableVolume.on(disk)) {
      volume.file("/file", new byte[10]);
    }
    byte[] before = new byte[1 << 20];
    disk.read(0, before, 0, before.length);
    for (boolean readOnly : new boolean[] {false, true}) {
      try (MountedVolume volume =
          new ExFatDriver()
              .mount(new KeptDevice(disk), MountOptions.DEFAULT.withReadOnly(readOnly))) {
        assertEquals(10, Walk.read(volume, "/file").length);
        volume.space();
        volume.usedEnd();
      }
    }
    byte[] after = new byte[1 << 20];
    disk.read(0, after, 0, after.length);
    assertArrayEquals(before, after);
  }

  @Test
  void refusedWriteMakesTheVolumeReadOnlyAndLeavesTheMark() throws Exception {
    BlockDevice disk = ExFatImage.make(1 << 20, 3);
    AtomicBoolean failing = new AtomicBoolean();
    FlakeyDevice.Schedule schedule =
        (number, operation, position, length) ->
            failing.get() && operation == FlakeyDevice.Operation.WRITE
                ? FlakeyDevice.Fault.FAIL
                : FlakeyDevice.Fault.NONE;
    FlakeyDevice flakey = new FlakeyDevice(new KeptDevice(disk), schedule);
    MountedVolume volume = new ExFatDriver().mount(flakey, MountOptions.DEFAULT);
    Node file = create(volume, "file");
    OpenNode open = volume.open(file);
    open.write(0, new byte[] {1}, 0, 1);
    open.force();
    assertFalse(volume.isReadOnly());
    failing.set(true);
    assertThrows(IOException.class, () -> create(volume, "another"));
    failing.set(false);
    assertTrue(volume.isReadOnly());
    assertThrows(ReadOnlyFileSystemException.class, () -> volume.delete(file));
    assertThrows(FileSystemException.class, () -> open.write(0, new byte[9999], 0, 9999));
    byte[] read = new byte[1];
    assertEquals(1, open.read(0, read, 0, 1));
    assertThrows(FileSystemException.class, volume::close);
    assertEquals(BootSector.VOLUME_DIRTY, flags(disk));
    try (WritableVolume again = WritableVolume.on(disk)) {
      assertEquals(1, again.read("/file").length);
    }
  }

  private static Node create(MountedVolume volume, String name) throws IOException {
    return volume.create(volume.root(), name, NodeType.FILE, AttributeChange.NONE);
  }
}
