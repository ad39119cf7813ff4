package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An allocation bitmap that does not say what the volume needs, or is not there. */
class DamagedBitmapTest {

  private static final int FIRST_BITMAP_ENTRY = 1;

  private final HandMadeImage image;

  DamagedBitmapTest() throws IOException {
    image = new HandMadeImage();
  }

  private static List<String> check(BlockDevice device) throws IOException {
    List<Finding> findings = new ArrayList<>();
    new ExFatDriver().check(device, MountOptions.DEFAULT, findings::add);
    return findings.stream().map(Finding::kind).distinct().toList();
  }

  @Test
  void whatTheVolumeHasForItselfIsNotGivenOutThoughTheBitmapCallsItFree() throws IOException {
    for (int cluster = 2; cluster <= HandMadeImage.ROOT; cluster++) {
      image.mark(cluster, false);
    }
    byte[] contents = new byte[10 * HandMadeImage.CLUSTER];
    Arrays.fill(contents, (byte) 1);
    try (MountedVolume volume = ExFatVolumes.mount(image.device)) {
      volume.create(volume.root(), "file", NodeType.FILE, AttributeChange.NONE);
      try (OpenNode open = volume.open(Walk.find(volume, "/file"))) {
        open.write(0, contents, 0, contents.length);
      }
    }
    try (MountedVolume volume = ExFatVolumes.mount(image.device)) {
      assertEquals(List.of("file"), Walk.names(volume, "/"));
    }
    assertEquals(List.of("dirty", "marked-free"), check(image.device));
  }

  @Test
  void aBitmapBeyondTheEndIsNamedAndTheFilesAreThere() throws IOException {
    int last = (int) image.geometry.clusters() + 1;
    image.chain(last);
    image.mark(2, false);
    image.device.write(image.position(last), image.get(image.position(2), 4096), 0, 4096);
    image.put(image.slot(HandMadeImage.ROOT, FIRST_BITMAP_ENTRY) + 20, last, 4);
    image.addFile(HandMadeImage.ROOT, "file", HandMadeImage.CHAINED, 0, 0);
    assertEquals(List.of(), check(image.device));
    byte[] rest = image.get(0, (int) image.position(last));
    BlockDevice cut = new MemoryDevice(rest.length);
    cut.write(0, rest, 0, rest.length);
    try (MountedVolume volume = ExFatVolumes.mount(cut)) {
      assertTrue(volume.isReadOnly());
      assertEquals(List.of("file"), Walk.names(volume, "/"));
      CorruptFileSystemException e = assertThrows(CorruptFileSystemException.class, volume::space);
      assertTrue(e.getReason().contains("beyond the volume's end"), e.getReason());
    }
    assertEquals(List.of("volume-size", "allocation-bitmap"), check(cut));
  }

  /** Nobody knows how many clusters such a file has: none is freed, and the mark tells of them. */
  @ParameterizedTest
  @ValueSource(ints = {HandMadeImage.CHAINED, HandMadeImage.IN_ONE_PIECE})
  void aClusterWithoutALengthStaysInUse(int flags) throws IOException {
    image.chain(20, 21);
    image.addFile(HandMadeImage.ROOT, "deleted", flags, 20, 0);
    image.addFile(HandMadeImage.ROOT, "written", flags, 20, 0);
    try (MountedVolume volume = ExFatVolumes.mount(image.device)) {
      long free = volume.space().freeBytes();
      volume.delete(Walk.find(volume, "/deleted"));
      try (OpenNode open = volume.open(Walk.find(volume, "/written"))) {
        open.write(0, new byte[1], 0, 1);
      }
      volume.force();
      assertEquals(free - HandMadeImage.CLUSTER, volume.space().freeBytes());
    }
    assertEquals(List.of("dirty", "lost-clusters"), check(image.device));
    assertFalse(Arrays.equals(new byte[4], image.get(image.geometry.fatPosition() + 80, 4)));
  }
}
