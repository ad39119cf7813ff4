package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.KeptDevice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Directories one in the other, each of which has its clusters far from each other and the next
 * directory near its end: what is known of their clusters would take gigabytes, if it all were kept
 * on the way down.
 */
class ScatteredDirectoriesTest {

  private static final int CLUSTER = 512;
  private static final int CLUSTERS_EACH = 1000;
  private static final int DISTANCE = 4096;
  private static final int VOLUME_FLAGS = 106;
  private static final int DIRTY = 2;
  private static final String REASON =
      "directories that lie one in the other are in more pieces than there is memory for";

  @Test
  void aCrashIsNotRecoveredFromWithEndlessMemory() throws Exception {
    HandMadeImage image = scattered(40);
    image.put(VOLUME_FLAGS, DIRTY, 2);
    try (MountedVolume volume =
        new ExFatDriver().mount(new KeptDevice(image.device), ExFatVolumes.OPTIONS)) {
      assertTrue(volume.isReadOnly());
      assertTrue(volume.warnings().toString().contains(REASON), volume.warnings()::toString);
    }
  }

  @Test
  void aFewOfThemAreOrdinary() throws Exception {
    HandMadeImage image = scattered(10);
    image.put(VOLUME_FLAGS, DIRTY, 2);
    try (MountedVolume volume =
        new ExFatDriver().mount(new KeptDevice(image.device), ExFatVolumes.OPTIONS)) {
      assertFalse(volume.isReadOnly());
    }
    image.put(VOLUME_FLAGS, 0, 2);
    assertEquals(List.of(), check(image));
  }

  @Test
  void aCheckGoesNoDeeperThanMemoryAllows() throws Exception {
    List<Finding> found = check(scattered(40));
    assertTrue(
        found.stream().anyMatch(each -> each.kind().equals("too-deep")), () -> found.toString());
    assertTrue(found.toString().contains(REASON), found::toString);
  }

  private static List<Finding> check(HandMadeImage image) throws IOException {
    List<Finding> found = new ArrayList<>();
    new ExFatDriver().check(new KeptDevice(image.device), ExFatVolumes.OPTIONS, found::add);
    return found;
  }

  private static HandMadeImage scattered(int depth) throws IOException {
    HandMadeImage image = new HandMadeImage(2L << 30, CLUSTER);
    byte[] deleted = new byte[CLUSTER];
    for (int at = 0; at < CLUSTER; at += DirectorySlots.SLOT_BYTES) {
      deleted[at] = 0x05;
    }
    int length = CLUSTERS_EACH * CLUSTER;
    int parent = image.root();
    for (int i = 0; i < depth; i++) {
      int first = image.root() + 1 + i;
      int[] chain =
          IntStream.range(0, CLUSTERS_EACH).map(place -> first + place * DISTANCE).toArray();
      image.chain(chain);
      for (int cluster : chain) {
        image.device.write(image.position(cluster), deleted, 0, CLUSTER);
      }
      image.add(
          parent,
          HandMadeImage.set(
              "d" + i, HandMadeImage.DIRECTORY, HandMadeImage.CHAINED, first, length, length));
      // Not the last one: with the end of a chain it is known that it is no circle.
      parent = chain[CLUSTERS_EACH - 2];
    }
    return image;
  }
}
