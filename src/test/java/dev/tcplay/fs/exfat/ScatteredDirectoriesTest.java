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
  private static final String REASON =
      "directories that lie one in the other are in more pieces than there is memory for";

  @Test
  void aCrashIsNotRecoveredFromWithEndlessMemory() throws Exception {
    try (MountedVolume volume = mountedAfterCrash(scattered(40))) {
      assertTrue(volume.isReadOnly());
      assertTrue(volume.warnings().toString().contains(REASON), volume.warnings()::toString);
    }
  }

  @Test
  void aFewOfThemAreOrdinary() throws Exception {
    HandMadeImage image = scattered(10);
    try (MountedVolume volume = mountedAfterCrash(image)) {
      assertFalse(volume.isReadOnly());
    }
    image.mark(false);
    assertEquals(List.of(), check(image));
  }

  @Test
  void aCheckGoesNoDeeperThanMemoryAllows() throws Exception {
    List<Finding> found = check(scattered(40));
    assertTrue(
        found.stream().anyMatch(each -> each.kind().equals("too-deep")), () -> found.toString());
    assertTrue(found.toString().contains(REASON), found::toString);
  }

  private static MountedVolume mountedAfterCrash(HandMadeImage image) throws IOException {
    image.mark(true);
    return new ExFatDriver().mount(new KeptDevice(image.device), ExFatVolumes.OPTIONS);
  }

  private static List<Finding> check(HandMadeImage image) throws IOException {
    List<Finding> found = new ArrayList<>();
    new ExFatDriver().check(new KeptDevice(image.device), ExFatVolumes.OPTIONS, found::add);
    return found;
  }

  private static HandMadeImage scattered(int depth) throws IOException {
    HandMadeImage image = new HandMadeImage(2L << 30, CLUSTER);
    int length = CLUSTERS_EACH * CLUSTER;
    int parent = image.root();
    for (int i = 0; i < depth; i++) {
      int first = image.root() + 1 + i;
      int[] chain =
          IntStream.range(0, CLUSTERS_EACH).map(place -> first + place * DISTANCE).toArray();
      image.chain(chain);
      image.fillWithDeleted(chain);
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
