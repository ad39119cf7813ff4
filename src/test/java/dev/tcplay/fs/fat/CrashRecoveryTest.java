package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.KeptDevice;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a rename leaves when the power fails, ordinary use afterwards loses nothing. */
class CrashRecoveryTest {

  private static final String LONG = "a long name that fills up slots;".repeat(5);
  private static final byte[] OLD = contents(1);
  private static final byte[] NEW = contents(2);

  @TempDir Path folder;

  /** Something done with a volume. */
  private interface Use {
    void with(MountedVolume volume) throws IOException;
  }

  private static byte[] contents(int value) {
    byte[] bytes = new byte[5000];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** What a volume is after each prefix of the writes of some changes, all handed over at once. */
  private static void cuts(String type, Use before, Use change, CutJudge judge) throws Exception {
    MemoryDevice start = new MemoryDevice(WritableVolume.smallest(type));
    new FatDriver().format(start, WritableVolume.options(type));
    MountedVolume volume = WritableVolumes.mount(start);
    before.with(volume);
    volume.close();
    LogWritesDevice log = new LogWritesDevice(copy(start));
    MountedVolume changed =
        new FatDriver()
            .mount(new CachedDevice(log, 1 << 20, Duration.ZERO), WritableVolume.OPTIONS);
    change.with(changed);
    changed.force();
    int entries = log.entries();
    for (int cut = 0; cut <= entries; cut++) {
      MemoryDevice crashed = copy(start);
      log.replay(0, cut, crashed);
      judge.judge(crashed, cut == entries);
    }
    changed.close();
  }

  /** Judges the volume of a cut. */
  private interface CutJudge {
    void judge(BlockDevice crashed, boolean last) throws Exception;
  }

  private static MemoryDevice copy(BlockDevice device) throws IOException {
    MemoryDevice copy = new MemoryDevice(device.size());
    byte[] bytes = new byte[1 << 16];
    for (long at = 0; at < device.size(); at += bytes.length) {
      int n = (int) Math.min(bytes.length, device.size() - at);
      device.read(at, bytes, 0, n);
      copy.write(at, bytes, 0, n);
    }
    return copy;
  }

  private static Node make(MountedVolume volume, String path, byte[] contents) throws IOException {
    Node parent = Volumes.find(volume, WritableVolume.parent(path));
    Node file =
        volume.create(parent, WritableVolume.name(path), NodeType.FILE, AttributeChange.NONE);
    try (OpenNode open = volume.open(file)) {
      open.write(0, contents, 0, contents.length);
    }
    return file;
  }

  private static void move(MountedVolume volume, String from, String to) throws IOException {
    Node parent = Volumes.find(volume, WritableVolume.parent(to));
    volume.move(Volumes.find(volume, from), parent, WritableVolume.name(to), true);
  }

  /** Deletes what a program takes for its own temporary file, and fills the volume. */
  private static void cleanUp(MountedVolume volume, String temporary) throws IOException {
    Node left = Volumes.find(volume, temporary);
    if (left != null) {
      volume.delete(left);
    }
    try (OpenNode open =
        volume.open(volume.create(volume.root(), "filler", NodeType.FILE, AttributeChange.NONE))) {
      byte[] bytes = new byte[1 << 15];
      Arrays.fill(bytes, (byte) 0xEE);
      while (true) {
        open.append(bytes, 0, bytes.length);
      }
    } catch (FileSystemException e) {
      // Full, as wanted.
    }
  }

  private void assertNothingShared(BlockDevice device) throws Exception {
    Path image = folder.resolve("used.img");
    byte[] bytes = new byte[(int) device.size()];
    device.read(0, bytes, 0, bytes.length);
    Files.write(image, bytes);
    FsckReport fsck = FsckReport.of(image);
    assertFalse(fsck.classes().contains(FsckReport.Complaint.SHARED), fsck::toString);
    assertFalse(fsck.classes().contains(FsckReport.Complaint.BAD_CHAIN), fsck::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void theNewNameOfARenameOutlivesTheDeletionOfTheOldOne(String type) throws Exception {
    boolean[] both = {false};
    cuts(
        type,
        volume -> {
          volume.create(volume.root(), "dir", NodeType.DIRECTORY, AttributeChange.NONE);
          make(volume, "/x.tmp", NEW);
        },
        volume -> move(volume, "/x.tmp", "/dir/" + LONG),
        (crashed, last) -> {
          MountedVolume reading = Volumes.mount(new KeptDevice(crashed));
          both[0] |= isThere(reading, "/x.tmp") && isThere(reading, "/dir/" + LONG);
          reading.close();
          MountedVolume volume = WritableVolumes.mount(crashed);
          boolean moved = isThere(volume, "/dir/" + LONG);
          assertTrue(moved || isThere(volume, "/x.tmp"));
          assertFalse(moved && isThere(volume, "/x.tmp"), "one name goes");
          assertTrue(moved || !last);
          cleanUp(volume, "/x.tmp");
          volume.close();
          if (moved) {
            assertArrayEquals(NEW, readAgain(crashed, "/dir/" + LONG));
          }
          assertNothingShared(crashed);
        });
    assertTrue(both[0], "no cut left both names");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void theTargetOfAReplacingMoveStays(String type) throws Exception {
    for (boolean sourceIsOlder : new boolean[] {false, true}) {
      cuts(
          type,
          volume -> {
            volume.create(volume.root(), "dir", NodeType.DIRECTORY, AttributeChange.NONE);
            if (sourceIsOlder) {
              make(volume, "/x.tmp", NEW);
              make(volume, "/dir/" + LONG, OLD);
            } else {
              make(volume, "/dir/" + LONG, OLD);
              make(volume, "/x.tmp", NEW);
            }
          },
          volume -> move(volume, "/x.tmp", "/dir/" + LONG),
          (crashed, last) -> {
            MountedVolume volume = WritableVolumes.mount(crashed);
            byte[] before = Volumes.read(volume, "/dir/" + LONG);
            assertTrue(Arrays.equals(OLD, before) || Arrays.equals(NEW, before));
            assertEquals(Arrays.equals(OLD, before), isThere(volume, "/x.tmp"));
            cleanUp(volume, "/x.tmp");
            volume.close();
            assertArrayEquals(before, readAgain(crashed, "/dir/" + LONG));
            assertNothingShared(crashed);
          });
    }
  }

  /**
   * The old name and the target lie in one sector, which is written as one: but where the file goes
   * next lies in another, and may be on disk before.
   */
  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void aFileThatReplacedIsMovedOnWithoutSharing(String type) throws Exception {
    for (boolean isChangedFirst : new boolean[] {true, false}) {
      cuts(
          type,
          volume -> {
            make(volume, "/APART", OLD);
            volume.create(volume.root(), "dir", NodeType.DIRECTORY, AttributeChange.NONE);
            make(volume, "/dir/TARGET", OLD);
            make(volume, "/dir/SOURCE", OLD);
          },
          volume -> {
            move(volume, "/dir/SOURCE", "/dir/TARGET");
            if (isChangedFirst) {
              hide(volume, "/dir/TARGET");
            }
            move(volume, "/dir/TARGET", "/MOVED");
            if (!isChangedFirst) {
              hide(volume, "/MOVED");
            }
          },
          (crashed, last) -> {
            MountedVolume volume = WritableVolumes.mount(crashed);
            assertTrue(
                volume.warnings().stream().noneMatch(text -> text.contains("share clusters")),
                () -> volume.warnings().toString());
            cleanUp(volume, "/dir/SOURCE");
            volume.close();
            assertNothingShared(crashed);
          });
    }
  }

  private static void hide(MountedVolume volume, String path) throws IOException {
    volume.change(Volumes.find(volume, path), AttributeChange.NONE.withHidden(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void aMovedDirectoryHasOneNameAndIsWalkedMeanwhile(String type) throws Exception {
    boolean[] both = {false};
    cuts(
        type,
        volume -> {
          volume.create(volume.root(), "to", NodeType.DIRECTORY, AttributeChange.NONE);
          volume.create(volume.root(), "moving", NodeType.DIRECTORY, AttributeChange.NONE);
          make(volume, "/moving/file", OLD);
        },
        volume -> move(volume, "/moving", "/to/" + LONG),
        (crashed, last) -> {
          MountedVolume reading = Volumes.mount(new KeptDevice(crashed));
          Map<String, Node> tree = Volumes.tree(reading);
          both[0] |= tree.containsKey("/moving") && tree.containsKey("/to/" + LONG);
          assertTrue(
              tree.containsKey("/moving/file") || tree.containsKey("/to/" + LONG + "/file"),
              tree::toString);
          reading.close();
          MountedVolume volume = WritableVolumes.mount(crashed);
          Map<String, Node> after = Volumes.tree(volume);
          assertTrue(after.containsKey("/moving") ^ after.containsKey("/to/" + LONG));
          String file = isThere(volume, "/moving") ? "/moving/file" : "/to/" + LONG + "/file";
          make(volume, WritableVolume.parent(file) + "/another", NEW);
          cleanUp(volume, "/nothing");
          volume.close();
          assertArrayEquals(OLD, readAgain(crashed, file));
          assertNothingShared(crashed);
        });
    assertTrue(both[0], "no cut left both names");
  }

  /** Is writable until it is written. */
  private static final class RefusingWrites extends DelegatingDevice {

    RefusingWrites(BlockDevice lower) {
      super(lower);
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
      throw new IOException("no space on the host");
    }
  }

  /** What cuts of a move have left, of which both names are there. */
  private static MemoryDevice withBothNames(Use before, String from, String to) throws Exception {
    MemoryDevice[] found = new MemoryDevice[1];
    cuts(
        "FAT16",
        before,
        volume -> move(volume, from, to),
        (crashed, last) -> {
          MountedVolume volume = Volumes.mount(new KeptDevice(crashed));
          Node source = Volumes.find(volume, from);
          Node target = Volumes.find(volume, to);
          if (source != null && target != null && firstCluster(source) == firstCluster(target)) {
            found[0] = copy(crashed);
          }
          volume.close();
        });
    assertNotNull(found[0], "no cut left both names");
    return found[0];
  }

  private static int firstCluster(Node node) {
    return Directories.cast(node).entry().firstCluster();
  }

  @Test
  void aMovedDirectoryIsWalkedThoughItsNamesCannotBeEnded() throws Exception {
    MemoryDevice start =
        withBothNames(
            volume -> {
              volume.create(volume.root(), "to", NodeType.DIRECTORY, AttributeChange.NONE);
              volume.create(volume.root(), "moving", NodeType.DIRECTORY, AttributeChange.NONE);
              make(volume, "/moving/file", OLD);
            },
            "/moving",
            "/to/" + LONG);
    MountedVolume volume = WritableVolumes.mount(new RefusingWrites(start));
    assertTrue(volume.isReadOnly());
    Map<String, Node> tree = Volumes.tree(volume);
    assertTrue(
        tree.containsKey("/moving/file") ^ tree.containsKey("/to/" + LONG + "/file"),
        tree::toString);
  }

  /**
   * Of a directory that has grown over several sectors, a crash may leave the old contents of one
   * and the new ones of the next: what was moved there stands behind the mark of the end. Who looks
   * behind it, as Linux and fsck.fat do, finds two names of one file.
   */
  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void aNameBehindTheEndOfItsDirectoryDoesNotOutliveTheFile(String type) throws Exception {
    MemoryDevice disk = new MemoryDevice(WritableVolume.smallest(type));
    new FatDriver().format(disk, WritableVolume.options(type));
    MountedVolume volume = WritableVolumes.mount(disk);
    volume.create(volume.root(), "dir", NodeType.DIRECTORY, AttributeChange.NONE);
    for (int i = 10; i < 40; i++) {
      make(volume, "/dir/N" + i, new byte[0]);
    }
    make(volume, "/X", NEW);
    make(volume, "/OTHER", OLD);
    volume.close();
    byte[] slot = new byte[DirectorySlots.SLOT_BYTES];
    disk.read(position(disk, "/X"), slot, 0, slot.length);
    slot[0] = 'Y';
    disk.write(position(disk, "/dir/N35"), slot, 0, slot.length);
    disk.write(position(disk, "/dir/N10"), new byte[1], 0, 1);
    disk.write(type.equals("FAT32") ? 65 : 37, new byte[] {1}, 0, 1);

    MountedVolume used = WritableVolumes.mount(disk);
    assertTrue(
        used.warnings().stream().anyMatch(text -> text.contains("behind the end of /dir")),
        () -> used.warnings().toString());
    cleanUp(used, "/X");
    used.close();
    assertArrayEquals(OLD, readAgain(disk, "/OTHER"));
    assertNothingShared(disk);
  }

  @Test
  void filesThatShareClustersByOtherDamageAreNeitherWrittenNorFreed() throws Exception {
    try (WritableVolume disk = WritableVolume.of("FAT16")) {
      disk.file("/one", OLD);
      disk.file("/other", Arrays.copyOf(NEW, 100));
      disk.volume().close();
      long one = position(disk.disk(), "/one");
      long other = position(disk.disk(), "/other");
      byte[] cluster = new byte[2];
      disk.disk().read(one + 26, cluster, 0, 2);
      disk.disk().write(other + 26, cluster, 0, 2);
      disk.disk().write(other + 16, new byte[] {0x22, 0x22}, 0, 2);
      disk.disk().write(37, new byte[] {1}, 0, 1);
      MountedVolume volume = WritableVolumes.mount(disk.disk());
      assertTrue(
          volume.warnings().stream().anyMatch(text -> text.contains("share clusters")),
          () -> volume.warnings().toString());
      try (OpenNode open = volume.open(Volumes.find(volume, "/one"))) {
        FileSystemException e =
            assertThrows(FileSystemException.class, () -> open.write(0, NEW, 0, 10));
        assertTrue(e.getReason().contains("shares its clusters"), e.getReason());
      }
      volume.delete(Volumes.find(volume, "/other"));
      cleanUp(volume, "/nothing");
      volume.close();
      assertArrayEquals(OLD, readAgain(disk.disk(), "/one"));
    }
  }

  private static long position(BlockDevice disk, String path) throws IOException {
    MountedVolume volume = Volumes.mount(new KeptDevice(disk));
    FatNode node = Directories.cast(Volumes.find(volume, path));
    volume.close();
    assertNotNull(node.entry());
    return node.entry().position();
  }

  private static boolean isThere(MountedVolume volume, String path) throws IOException {
    return Volumes.find(volume, path) != null;
  }

  private static byte[] readAgain(BlockDevice device, String path) throws IOException {
    MountedVolume volume = Volumes.mount(new KeptDevice(device));
    try {
      return Volumes.read(volume, path);
    } finally {
      volume.close();
    }
  }
}
