package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Walk;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of one file that no rename has left. */
class SecondNamesRecoveryTest {

  /**
   * A power cut has left both names of a file in a directory, and both names of the directory. The
   * old set of the file lies in two sectors, so that a part of it is left to be marked as deleted.
   */
  @Test
  void aDirectoryInThePlaceOfAnOldNameIsAnother() throws Exception {
    HandMadeImage image = new HandMadeImage();
    int moved = 100;
    long place = image.addDirectory(HandMadeImage.ROOT, "old", moved);
    image.addDirectory(HandMadeImage.ROOT, "new", moved);
    image.skip(moved, DirectorySlots.IN_SECTOR - 1, 0x05);
    image.chain(50);
    image.addFile(moved, "first", HandMadeImage.CHAINED, 50, 10);
    image.addFile(moved, "file", HandMadeImage.CHAINED, 50, 10);
    image.mark(true);
    WritableVolume volume = WritableVolume.on(image.device);
    assertNull(volume.find("/old"));
    assertNull(volume.find("/new/first"));
    ExFatNode other = (ExFatNode) volume.directory("/now");
    assertEquals(place, other.entry().position());
    assertNull(volume.find("/now/file"));
    volume.file("/now/own", new byte[] {1});
    volume.remount();
    assertEquals(List.of("own"), Walk.names(volume.volume(), "/now"));
    assertEquals(List.of("file"), Walk.names(volume.volume(), "/new"));
    volume.closeAndCheck();
  }

  /**
   * Somebody's malice: each directory has a cluster of its own and shares the rest, which lead to
   * the others.
   */
  @Test
  void directoriesThatShareTheirClustersAreNotReadAgainForEach() throws Exception {
    HandMadeImage image = new HandMadeImage();
    int[] chain = IntStream.range(200, 1200).toArray();
    int last = chain[chain.length - 1];
    image.chain(chain);
    int length = (1 + chain.length) * HandMadeImage.CLUSTER;
    image.fillWithDeleted(chain);
    for (int i = 0; i < 40; i++) {
      image.chain(100 + i, chain[0]);
      image.fat(chain[0], chain[1]);
      image.fillWithDeleted(100 + i);
      image.add(
          i == 0 ? HandMadeImage.ROOT : last,
          HandMadeImage.set(
              "d" + i, HandMadeImage.DIRECTORY, HandMadeImage.CHAINED, 100 + i, length, length));
    }
    image.mark(true);
    CountingDevice counting = new CountingDevice(new KeptDevice(image.device));
    try (MountedVolume volume = new ExFatDriver().mount(counting, ExFatVolumes.OPTIONS)) {
      assertTrue(volume.isReadOnly());
      assertTrue(volume.warnings().toString().contains("clusters of the volume"));
      assertTrue(counting.sectorsRead() < 30_000, () -> counting.sectorsRead() + " sectors");
      assertEquals(List.of("d0"), Walk.names(volume, "/"));
    }
  }

  /** Damage, or somebody's malice: far more names lead to one chain than any crash leaves. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theNamesOfOneChainGoWithoutReadingTheirDirectoryForEach(boolean isOneName) throws Exception {
    HandMadeImage image = new HandMadeImage();
    int first = 100;
    int clusters = 40;
    image.chain(IntStream.range(first, first + clusters).toArray());
    int length = clusters * HandMadeImage.CLUSTER;
    image.add(
        HandMadeImage.ROOT,
        HandMadeImage.set(
            "dir", HandMadeImage.DIRECTORY, HandMadeImage.CHAINED, first, length, length));
    image.chain(50);
    int names = 1500;
    for (int i = 0; i < names; i++) {
      String name = isOneName ? "same" : "name " + i;
      image.addFile(first, name, HandMadeImage.CHAINED, 50, 100);
    }
    image.mark(true);
    CountingDevice counting = new CountingDevice(new KeptDevice(image.device));
    MountedVolume volume = new ExFatDriver().mount(counting, ExFatVolumes.OPTIONS);
    assertTrue(counting.sectorsRead() < 10L * names, () -> counting.sectorsRead() + " sectors");
    assertEquals(1, Walk.names(volume, "/dir").size());
    List<String> warnings = volume.warnings();
    assertTrue(warnings.get(warnings.size() - 1).matches("\\d+ more names .*"), warnings::toString);
    assertTrue(String.join("", warnings).length() < 1 << 17);
    volume.close();
  }
}
