package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Other systems put sets where File and Stream Extension lie in two sectors of the host. What
 * changes such a set puts it elsewhere first, since it cannot be written as one.
 */
class StraddlingSetsTest {

  /** The slots of a directory's first cluster, of 4 KiB. */
  private static final int SLOTS = 128;

  private static final int STRADDLING = 31;

  private WritableVolume volume;

  /** Moves the one set of each directory to the last slot of a sector. */
  @BeforeEach
  void place() throws IOException {
    volume = WritableVolume.of(2 << 20, 3);
    volume.directory("/dir");
    volume.file("/dir/victim", new byte[] {1, 2, 3});
    volume.directory("/dir2");
    volume.directory("/dir2/sub");
    volume.file("/dir2/sub/inside", new byte[] {4});
    for (String path : new String[] {"/dir/victim", "/dir2/sub"}) {
      byte[] set = volume.set(path).bytes();
      byte[] slots = new byte[(SLOTS - 1) * 32];
      for (int slot = 0; slot < STRADDLING; slot++) {
        slots[slot * 32] = 0x05;
      }
      System.arraycopy(set, 0, slots, STRADDLING * 32, set.length);
      long position = position(path);
      volume.volume().close();
      volume.disk().write(position, slots, 0, slots.length);
      volume.remount();
      assertTrue(DirectorySlots.straddles(position(path)), path);
    }
  }

  @AfterEach
  void check() throws Exception {
    assertArrayEquals(new byte[] {4}, volume.read("/dir2/sub/inside"));
    volume.closeAndCheck();
  }

  private long position(String path) throws IOException {
    return ((ExFatNode) volume.find(path)).entry().position();
  }

  @Test
  void fileIsWrittenAndKeepsItsId() throws IOException {
    Node node = volume.find("/dir/victim");
    try (OpenNode open = volume.volume().open(node)) {
      open.append(new byte[] {4}, 0, 1);
    }
    assertFalse(DirectorySlots.straddles(position("/dir/victim")));
    assertEquals(node.id(), volume.find("/dir/victim").id());
    volume.remount();
    assertArrayEquals(new byte[] {1, 2, 3, 4}, volume.read("/dir/victim"));
  }

  @Test
  void attributesAreChanged() throws IOException {
    volume.volume().change(volume.find("/dir/victim"), AttributeChange.NONE.withHidden(true));
    volume.remount();
    DosFlags flags = volume.volume().attributes(volume.find("/dir/victim")).dos().orElseThrow();
    assertTrue(flags.isHidden());
  }

  @Test
  void directoryGrows() throws IOException {
    for (int i = 0; i < 100; i++) {
      volume.file("/dir2/sub/file with a name " + i, new byte[i]);
    }
    assertFalse(DirectorySlots.straddles(position("/dir2/sub")));
    volume.remount();
    assertEquals(99, volume.read("/dir2/sub/file with a name 99").length);
  }

  /** Each can be put to another place only after the one above it: here on a small stack. */
  @Test
  void directoriesBelowEachOtherGrowHoweverManyTheyAre() throws Exception {
    int depth = 1500;
    HandMadeImage image = new HandMadeImage(16 << 20);
    int parent = HandMadeImage.ROOT;
    for (int i = 0; i < depth; i++) {
      int cluster = 100 + i;
      image.skip(parent, STRADDLING - image.nextSlot(parent), 0x05);
      image.addDirectory(parent, "d", cluster);
      parent = cluster;
    }
    try (WritableVolume deep = WritableVolume.on(image.device)) {
      Node last = deep.find("/d".repeat(depth));
      assertTrue(DirectorySlots.straddles(((ExFatNode) last).entry().position()));
      FutureTask<Node> made =
          new FutureTask<>(
              () -> deep.volume().create(last, "file", NodeType.FILE, AttributeChange.NONE));
      new Thread(null, made, "small stack", 1 << 18).start();
      made.get();
      deep.remount();
      long position = ((ExFatNode) deep.find("/d".repeat(depth))).entry().position();
      assertFalse(DirectorySlots.straddles(position));
      assertNotNull(deep.find("/d".repeat(depth) + "/file"));
    }
    assertEquals(List.of(), CheckTest.check(image.device));
  }

  @Test
  void fileIsReplaced() throws IOException {
    volume.file("/new", new byte[] {9});
    volume.move("/new", "/dir/victim", true);
    volume.remount();
    assertArrayEquals(new byte[] {9}, volume.read("/dir/victim"));
  }

  @Test
  void fileIsRenamedReplacesAnotherAndIsDeleted() throws IOException {
    volume.move("/dir/victim", "/dir/other", false);
    volume.file("/target", new byte[100]);
    volume.move("/dir/other", "/target", true);
    assertArrayEquals(new byte[] {1, 2, 3}, volume.read("/target"));
    volume.volume().delete(volume.find("/target"));
    volume.volume().delete(volume.find("/dir"));
  }

  @Test
  void fileThatIsDeletedWhileItIsOpenIsWrittenOn() throws IOException {
    try (OpenNode open = volume.volume().open(volume.find("/dir/victim"))) {
      open.append(new byte[] {4}, 0, 1);
      volume.volume().delete(volume.find("/dir/victim"));
      open.append(new byte[10_000], 0, 10_000);
      open.truncate(2);
      assertEquals(2, open.size());
    }
  }
}
