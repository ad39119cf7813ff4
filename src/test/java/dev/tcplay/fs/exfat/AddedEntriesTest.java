package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Benign entries that another system has put behind a name, some with clusters of their own. */
class AddedEntriesTest {

  private static final int VENDOR_EXTENSION = 0xE0;
  private static final int VENDOR_ALLOCATION = 0xE1;
  private static final int ENTRY = 32;

  private final HandMadeImage image;

  AddedEntriesTest() throws IOException {
    image = new HandMadeImage();
  }

  /** Adds an empty file with some entries of a type behind its name. */
  private void addFile(String name, int type, int count, int... clusters) throws IOException {
    byte[] set = HandMadeImage.set(name, HandMadeImage.ARCHIVE, HandMadeImage.CHAINED, 0, 0, 0);
    byte[] longer = Arrays.copyOf(set, set.length + count * ENTRY);
    ByteBuffer fields = ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = set.length; at < longer.length; at += ENTRY) {
      fields.put(at, (byte) type);
    }
    if (clusters.length > 0) {
      image.chain(clusters);
      fields.put(set.length + 1, (byte) HandMadeImage.CHAINED).putInt(set.length + 20, clusters[0]);
      fields.putLong(set.length + 24, (long) clusters.length * HandMadeImage.CLUSTER);
    }
    longer[1] = (byte) (longer.length / ENTRY - 1);
    HandMadeImage.seal(longer);
    image.add(HandMadeImage.ROOT, longer);
  }

  private static Node find(MountedVolume volume, String name) throws IOException {
    return Objects.requireNonNull(volume.lookup(volume.root(), name));
  }

  private void checkIsSound() throws IOException {
    List<Finding> findings = new ArrayList<>();
    new ExFatDriver().check(image.device, MountOptions.DEFAULT, findings::add);
    assertEquals(List.of(), findings);
  }

  @Test
  void clustersGoWithTheFile() throws IOException {
    addFile("file", VENDOR_ALLOCATION, 2, 20, 22, 21);
    checkIsSound();
    try (MountedVolume volume = ExFatVolumes.mount(image.device)) {
      long free = volume.space().freeBytes();
      volume.delete(find(volume, "file"));
      volume.force();
      assertEquals(free + 3 * HandMadeImage.CLUSTER, volume.space().freeBytes());
    }
    checkIsSound();
  }

  @Test
  void aFileThatReplacesAnotherLeavesItsOwnBehind() throws IOException {
    addFile("source", VENDOR_ALLOCATION, 1, 20, 21);
    addFile("target", VENDOR_ALLOCATION, 1, 22, 23);
    try (MountedVolume volume = ExFatVolumes.mount(image.device)) {
      Node moved = volume.move(find(volume, "source"), volume.root(), "target", true);
      assertEquals(22, ((ExFatNode) moved).entry().set().added().get(0).firstCluster());
    }
    checkIsSound();
  }

  @Test
  void theyStayWithAFileThatGetsAnotherName() throws IOException {
    addFile("file", VENDOR_ALLOCATION, 2, 20, 21);
    try (MountedVolume volume = ExFatVolumes.mount(image.device)) {
      volume.move(find(volume, "file"), volume.root(), "x".repeat(15 * 15), false);
      Node moved = find(volume, "x".repeat(15 * 15));
      assertEquals(20, ((ExFatNode) moved).entry().set().added().get(0).firstCluster());
    }
    checkIsSound();
  }

  @Test
  void aNameThatLeavesNoRoomForThemIsRefused() throws IOException {
    addFile("file", VENDOR_EXTENSION, 2);
    try (MountedVolume volume = ExFatVolumes.mount(image.device)) {
      Node file = find(volume, "file");
      String tooLong = "x".repeat(15 * 15 + 1);
      FileSystemException e =
          assertThrows(
              FileSystemException.class, () -> volume.move(file, volume.root(), tooLong, false));
      assertTrue(e.getReason().contains("another system has added"), e.getReason());
      assertEquals(file, find(volume, "file"));
    }
    checkIsSound();
  }
}
