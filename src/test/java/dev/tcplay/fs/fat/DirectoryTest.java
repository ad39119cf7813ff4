package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which slots of a directory are entries, which is its label, and what nodes are: rules C. */
class DirectoryTest {

  private final FatImage image = new FatImage(FatType.FAT16);

  DirectoryTest() throws IOException {}

  @Test
  void aListingStopsAtTheFirstSlotThatWasNeverUsed() throws IOException {
    image.add(0, "A          ", 0, 0, 0);
    image.addSlot(0, new byte[32]);
    image.add(0, "B          ", 0, 0, 0);
    assertEquals(List.of("A"), image.names());
  }

  @Test
  void deletedEntriesAreSkipped() throws IOException {
    image.add(0, "\u00E5LD     TXT", 0, 0, 0);
    image.add(0, "NEW     TXT", 0, 0, 0);
    assertEquals(List.of("NEW.TXT"), image.names());
  }

  @Test
  void theLabelAndStrayVolumeBitsAreNoEntries() throws IOException {
    image.add(0, "MY LABEL   ", 0x08, 0, 0);
    image.add(0, "STRAY      ", 0x18, 5, 0);
    image.addDirectory(0, "DIR        ", 9);
    image.add(9, "LABEL2     ", 0x08, 0, 0);
    image.add(9, "FILE       ", 0, 0, 0);
    assertEquals(List.of("DIR"), image.names());
    assertEquals(List.of("FILE"), Walk.names(image.mount(), "DIR"));
    assertEquals(Optional.of("MY LABEL"), image.mount().label());
  }

  @Test
  void aDeletedLabelIsNone() throws IOException {
    assertEquals(Optional.empty(), image.mount().label());
    image.add(0, "\u00E5ABEL      ", 0x08, 0, 0);
    assertEquals(Optional.empty(), image.mount().label());
  }

  /** As blkid and Windows have it; in a boot sector it means that there is none. */
  @Test
  void noNameInTheRootIsALabelLikeAnyOther() throws IOException {
    image.add(0, "NO NAME    ", 0x08, 0, 0);
    assertEquals(Optional.of("NO NAME"), image.mount().label());
  }

  @Test
  void aLabelIsTextOfTheCodePage() throws IOException {
    image.add(0, "\u0005\u008E b.c     ", 0x28, 0, 0);
    assertEquals(Optional.of("σÄ b.c"), image.mount().label());
  }

  @Test
  void missingAndWrongDotsAreTolerated() throws IOException {
    image.add(0, "NODOTS     ", FatImage.DIRECTORY, 9, 0);
    image.chain(9);
    image.add(9, "FILE       ", 0, 0, 0);
    image.add(9, "..         ", FatImage.DIRECTORY, 77, 0);
    image.add(9, ".          ", FatImage.DIRECTORY, 0, 0);
    assertEquals(List.of("FILE"), Walk.names(image.mount(), "NODOTS"));
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void theUpperHalfOfAClusterNumberCountsOnFat32Only(FatType type) throws IOException {
    FatImage other = new FatImage(type);
    other.add(0, "FILE       ", 0, 0x10005, 3);
    other.put(other.position(5), "abc");
    other.chain(5);
    MountedVolume volume = Volumes.mount(other.device);
    if (type == FatType.FAT32) {
      assertThrows(IOException.class, () -> Walk.read(volume, "FILE"));
    } else {
      assertArrayEquals(new byte[] {'a', 'b', 'c'}, Walk.read(volume, "FILE"));
    }
  }

  @Test
  void nodesKeepTheirIds() throws IOException {
    image.add(0, "A          ", 0, 0, 0);
    image.add(0, "B          ", 0, 0, 0);
    MountedVolume volume = image.mount();
    Node a = volume.lookup(volume.root(), "a");
    Node b = volume.lookup(volume.root(), "b");
    assertNotEquals(a.id(), b.id());
    assertNotEquals(a.id(), volume.root().id());
    assertEquals(a.id(), volume.lookup(volume.root(), "A").id());
    assertEquals(a.id(), Walk.tree(volume).get("/A").id());
  }

  @Test
  void wrongKindsOfNodesAreRefused() throws IOException {
    image.add(0, "FILE       ", 0, 0, 0);
    MountedVolume volume = image.mount();
    Node file = volume.lookup(volume.root(), "FILE");
    assertThrows(IllegalArgumentException.class, () -> volume.list(file));
    assertThrows(IllegalArgumentException.class, () -> volume.lookup(file, "x"));
    assertThrows(IllegalArgumentException.class, () -> volume.open(volume.root()));
  }

  @Test
  void aFixedRootMayBeFullToTheLastSlot() throws IOException {
    for (int i = 0; i < 64; i++) {
      image.add(0, String.format("F%-10d", i), 0, 0, 0);
    }
    assertEquals(64, image.names().size());
    assertNotNull(image.mount().lookup(image.mount().root(), "f63"));
  }

  @Test
  void aRootThatIsAChainMayHaveManyClusters() throws IOException {
    FatImage fat32 = new FatImage(FatType.FAT32);
    fat32.chain(2, 3, 4);
    for (int i = 0; i < 48; i++) {
      fat32.add(0, String.format("F%-10d", i), 0, 0, 0);
    }
    MountedVolume volume = Volumes.mount(fat32.device);
    assertEquals(48, Walk.names(volume, "/").size());
    assertNotNull(volume.lookup(volume.root(), "f47"));
  }
}
