package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Changes that meet an interrupt or an unreadable sector, and handles of what is gone: done whole
 * or not at all, and the volume stays sound.
 */
class BrokenOffTest {

  /** What happens when a place is read. */
  private enum Trouble {
    NONE,
    /** The thread is interrupted once, as by another one. */
    INTERRUPT,
    /** Reading fails, each time. */
    FAILURE
  }

  /** A device with trouble at one place. */
  private static final class TroubledDevice extends DelegatingDevice {

    private Trouble trouble = Trouble.NONE;
    private long place;

    TroubledDevice(BlockDevice lower) {
      super(lower);
    }

    void trouble(Trouble kind, long position) {
      trouble = kind;
      place = position;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
      if (position <= place && position + length > place) {
        if (trouble == Trouble.FAILURE) {
          throw new IOException("unreadable");
        } else if (trouble == Trouble.INTERRUPT) {
          trouble = Trouble.NONE;
          Thread.currentThread().interrupt();
        }
      }
      super.read(position, target, offset, length);
    }
  }

  private final MemoryDevice disk = new MemoryDevice(40 << 20);
  private final TroubledDevice troubled = new TroubledDevice(disk);

  private MountedVolume mount(BlockDevice device) throws IOException {
    return new FatDriver()
        .mount(
            new CachedDevice(new KeptDevice(device), 4 << 20, Duration.ZERO),
            WritableVolume.OPTIONS);
  }

  private static List<String> findings(BlockDevice device) throws IOException {
    List<String> findings = new ArrayList<>();
    new FatDriver()
        .check(device, WritableVolume.OPTIONS, finding -> findings.add(finding.toString()));
    return findings;
  }

  private static void fill(MountedVolume volume, Node file, int length) throws IOException {
    try (OpenNode open = volume.open(file)) {
      open.write(0, new byte[length], 0, length);
    }
  }

  @Test
  void aMoveToAnotherParentIsDoneThoughTheThreadIsInterruptedInIt() throws IOException {
    new FatDriver().format(disk, WritableVolume.options("FAT16"));
    int cluster;
    try (MountedVolume volume = mount(disk)) {
      volume.create(volume.root(), "to", NodeType.DIRECTORY, AttributeChange.NONE);
      Node from = volume.create(volume.root(), "from", NodeType.DIRECTORY, AttributeChange.NONE);
      // What moves lies in a page of its own.
      fill(
          volume,
          volume.create(volume.root(), "between", NodeType.FILE, AttributeChange.NONE),
          600_000);
      volume.create(from, "moving", NodeType.DIRECTORY, AttributeChange.NONE);
      cluster = (int) ((FatNode) Walk.find(volume, "/from/moving")).entry().firstCluster();
    }
    try (MountedVolume volume = mount(troubled)) {
      volume.space();
      Node to = Walk.find(volume, "/to");
      Node moving = Walk.find(volume, "/from/moving");
      Walk.names(volume, "/to");
      Geometry geometry = Geometry.of(BootSector.read(disk, 0));
      troubled.trouble(Trouble.INTERRUPT, geometry.position(cluster));
      try {
        volume.move(moving, to, "moved", false);
      } finally {
        assertTrue(Thread.interrupted());
      }
      assertEquals(List.of(), Walk.names(volume, "/from"));
      assertEquals(List.of("moved"), Walk.names(volume, "/to"));
    }
    assertEquals(List.of(), findings(disk));
  }

  @Test
  void aDeletionFreesEverythingThoughTheThreadIsInterruptedInIt() throws IOException {
    MountedVolume volume = mountWithFile();
    Geometry geometry = Geometry.of(BootSector.read(disk, 0));
    Node file = Walk.find(volume, "/file");
    // The first change since mounting reads the whole table.
    troubled.trouble(Trouble.INTERRUPT, geometry.fatPosition() + geometry.fatLength() - 1);
    try {
      volume.delete(file);
    } finally {
      assertTrue(Thread.interrupted());
    }
    volume.close();
    assertEquals(List.of(), findings(disk));
  }

  @Test
  void aDeletionIsDoneThoughTheTableCannotBeRead() throws IOException {
    MountedVolume volume = mountWithFile();
    Geometry geometry = Geometry.of(BootSector.read(disk, 0));
    Node file = Walk.find(volume, "/file");
    troubled.trouble(Trouble.FAILURE, geometry.fatPosition() + geometry.fatLength() - 1);
    volume.delete(file);
    assertEquals(List.of(), Walk.names(volume, "/"));
    troubled.trouble(Trouble.NONE, 0);
    volume.close();
    // Clusters are lost, and the volume says that it was not closed properly.
    List<String> findings = findings(disk);
    assertTrue(findings.size() > 1, findings::toString);
  }

  private MountedVolume mountWithFile() throws IOException {
    new FatDriver().format(disk, WritableVolume.options("FAT32"));
    try (MountedVolume volume = mount(disk)) {
      fill(
          volume,
          volume.create(volume.root(), "file", NodeType.FILE, AttributeChange.NONE),
          600_000);
    }
    return mount(troubled);
  }

  @Test
  void aHandleOfADeletedDirectoryDoesNotLeadToOneThatTookItsPlace() throws IOException {
    WritableVolume fresh = WritableVolume.of("FAT16");
    try (MountedVolume volume = fresh.volume()) {
      Node old = volume.create(volume.root(), "d", NodeType.DIRECTORY, AttributeChange.NONE);
      volume.delete(old);
      volume.create(volume.root(), "d", NodeType.DIRECTORY, AttributeChange.NONE);
      assertThrows(
          NoSuchFileException.class,
          () -> volume.create(old, "lost", NodeType.FILE, AttributeChange.NONE));
      volume.create(Walk.find(volume, "/d"), "kept", NodeType.FILE, AttributeChange.NONE);
      assertEquals(List.of("kept"), Walk.names(volume, "/d"));
    }
    assertEquals(List.of(), findings(fresh.disk()));
  }

  @Test
  void aHandleOfADeletedFileDoesNotDeleteADirectory() throws IOException {
    try (MountedVolume volume = WritableVolume.of("FAT16").volume()) {
      Node old = volume.create(volume.root(), "d", NodeType.FILE, AttributeChange.NONE);
      volume.delete(old);
      volume.create(
          volume.create(volume.root(), "d", NodeType.DIRECTORY, AttributeChange.NONE),
          "child",
          NodeType.FILE,
          AttributeChange.NONE);
      assertThrows(NoSuchFileException.class, () -> volume.delete(old));
      assertEquals(List.of("child"), Walk.names(volume, "/d"));
    }
  }

  @Test
  void oneOfTwoNamesOfAFileCanReplaceTheOther() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.add(FatImage.ROOT, "TMP        ", FatImage.ARCHIVE, 10, 1024);
    image.add(FatImage.ROOT, "TARGET     ", FatImage.ARCHIVE, 10, 1024);
    image.chain(10, 11);
    WritableVolume volume = WritableVolume.on(image.device);
    volume.volume().move(volume.find("/TMP"), volume.find("/"), "TARGET", true);
    volume.volume().close();
    FatTable table = new FatTable(volume.disk(), Geometry.of(BootSector.read(volume.disk(), 0)));
    assertEquals(11, table.cursor().get(10));
  }

  @Test
  void anAppendThatIsTakenBackLeavesTheChainWhole() throws IOException {
    WritableVolume volume = WritableVolume.on(ofAnotherSystem());
    try (OpenNode open = volume.volume().open(volume.find("/OTHERS"))) {
      open.append(new byte[] {7}, 0, 1);
      open.truncate(512);
    }
    volume.volume().close();
    FatTable table = new FatTable(volume.disk(), Geometry.of(BootSector.read(volume.disk(), 0)));
    assertTrue(FatType.FAT12.isEnd(table.cursor().get(340)), "the chain ends");
    assertEquals(FatType.FREE, table.cursor().get(341));
  }

  @Test
  void whatIsForcedAfterAnAppendFoundNoSpaceIsThere() throws IOException {
    WritableVolume volume = WritableVolume.on(ofAnotherSystem());
    byte[] mark = new byte[512];
    Arrays.fill(mark, (byte) 9);
    try (OpenNode open = volume.volume().open(volume.find("/OTHERS"))) {
      int free = (int) volume.volume().space().freeBytes();
      assertThrows(FileSystemException.class, () -> open.append(new byte[free], 0, free));
      open.write(512, mark, 0, 512);
      open.force();
    }
    volume.remount();
    assertEquals(9, volume.read("/OTHERS")[600]);
    volume.volume().close();
  }

  /** A FAT12 file whose last cluster's entry lies in two sectors, as ours never do. */
  private static MemoryDevice ofAnotherSystem() throws IOException {
    FatImage image = new FatImage(FatType.FAT12);
    image.add(FatImage.ROOT, "OTHERS     ", FatImage.ARCHIVE, 340, 1024);
    image.chain(340, 341);
    return image.device;
  }

  @Test
  void aDirectoryGrowsByNoMoreThanLeavesSpaceForWhatIsMadeInIt() throws IOException {
    WritableVolume volume = WritableVolume.on(new FatImage(FatType.FAT16).device);
    MountedVolume on = volume.volume();
    Node directory = on.create(on.root(), "D", NodeType.DIRECTORY, AttributeChange.NONE);
    for (int i = 0; i < 126; i++) {
      on.create(directory, "F" + i, NodeType.FILE, AttributeChange.NONE);
    }
    fill(
        on,
        on.create(on.root(), "FILL", NodeType.FILE, AttributeChange.NONE),
        (int) on.space().freeBytes() - 1024);
    on.force();
    assertEquals(1024, on.space().freeBytes());
    on.create(directory, "X", NodeType.DIRECTORY, AttributeChange.NONE);
    assertEquals(127, Walk.names(on, "/D").size());
    on.close();
  }
}
