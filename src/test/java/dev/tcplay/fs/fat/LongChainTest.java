package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lies behind the size of a file may be another file's: it is neither written nor freed. */
class LongChainTest {

  private static final int CLUSTER = 512;

  private final byte[] others = new byte[3 * CLUSTER];
  private FatImage image;

  /** The file has two clusters by its size; a damaged link leads from them into another file. */
  @BeforeEach
  void make() throws IOException {
    image = new FatImage(FatType.FAT16);
    Arrays.fill(others, (byte) 7);
    image.add(FatImage.ROOT, "OTHER      ", FatImage.ARCHIVE, 30, others.length);
    image.chain(30, 31, 32);
    image.device.write(image.position(30), others, 0, others.length);
    image.add(FatImage.ROOT, "LONG       ", FatImage.ARCHIVE, 20, CLUSTER + 100);
    image.chain(20, 21);
    image.fat(21, 31);
  }

  private interface Operation {
    void run(WritableVolume disk) throws IOException;
  }

  /** Does something with the long file, fills the volume's first free clusters, and looks. */
  private void check(List<String> findings, Operation operation) throws Exception {
    try (WritableVolume disk = WritableVolume.on(image.device)) {
      operation.run(disk);
      disk.volume().force();
      disk.file("/new", new byte[40 * CLUSTER]);
      assertArrayEquals(others, disk.read("/OTHER"));
    }
    List<Finding> found = new ArrayList<>();
    new FatDriver().check(image.device, MountOptions.DEFAULT, found::add);
    assertEquals(findings, found.stream().map(Finding::kind).toList());
  }

  private static OpenNode open(WritableVolume disk) throws IOException {
    return disk.volume().open(disk.find("/LONG"));
  }

  @Test
  void aFileThatGrowsLeavesIt() throws Exception {
    byte[] more = new byte[4 * CLUSTER];
    check(
        List.of("dirty"),
        disk -> {
          try (OpenNode open = open(disk)) {
            open.append(more, 0, more.length);
          }
          assertEquals(CLUSTER + 100 + more.length, disk.read("/LONG").length);
        });
  }

  @Test
  void aFileThatGrowsInItsLastClusterKeepsIt() throws Exception {
    check(
        List.of("dirty", "shared-clusters"),
        disk -> {
          try (OpenNode open = open(disk)) {
            open.append(new byte[10], 0, 10);
            open.truncate(CLUSTER + 1);
          }
        });
  }

  @Test
  void aFileThatShrinksLeavesIt() throws Exception {
    check(
        List.of("dirty"),
        disk -> {
          try (OpenNode open = open(disk)) {
            open.truncate(1);
          }
        });
  }

  @Test
  void aFileThatIsEmptiedLeavesIt() throws Exception {
    check(
        List.of("dirty"),
        disk -> {
          try (OpenNode open = open(disk)) {
            open.truncate(0);
          }
        });
  }

  @Test
  void aFileThatIsDeletedLeavesIt() throws Exception {
    check(List.of("dirty"), disk -> disk.volume().delete(disk.find("/LONG")));
  }

  @Test
  void aFileThatIsDeletedWhileItIsOpenLeavesIt() throws Exception {
    check(
        List.of("dirty"),
        disk -> {
          try (OpenNode open = open(disk)) {
            disk.volume().delete(disk.find("/LONG"));
            open.append(new byte[4 * CLUSTER], 0, 4 * CLUSTER);
          }
        });
  }

  @Test
  void aFileThatIsReplacedLeavesIt() throws Exception {
    check(
        List.of("dirty"),
        disk -> {
          disk.file("/source", (byte) 1);
          disk.volume().move(disk.find("/source"), disk.volume().root(), "LONG", true);
          assertFalse(disk.read("/LONG").length > 1);
        });
  }
}
