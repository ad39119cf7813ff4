package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Directories whose chains or entries lead astray: the rules B5, C6, C9 and C12. */
class DirectoryChainTest {

  @ParameterizedTest
  @EnumSource(FatType.class)
  void directoriesThatLeadAstrayAreListedButNotEntered(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.addDirectory(0, "PARENT     ", 20);
    image.addDirectory(20, "CHILD      ", 21);
    int[] clusters = {0, 1, 20, 21, image.clusters() + 2, 0xFFFF};
    for (int i = 0; i < clusters.length; i++) {
      image.add(21, "ASTRAY" + i + "    ", FatImage.DIRECTORY, clusters[i], 0);
    }
    if (type == FatType.FAT32) {
      image.add(21, "TOROOT     ", FatImage.DIRECTORY, 2, 0);
    }
    image.add(21, "SIBLING    ", 0, 0, 0);
    MountedVolume volume = Volumes.mount(image.device);
    List<String> names = Walk.names(volume, "PARENT/CHILD");
    assertEquals(clusters.length + (type == FatType.FAT32 ? 2 : 1), names.size());
    for (String name : names) {
      Node node = Walk.find(volume, "PARENT/CHILD/" + name);
      assertNotNull(node, name);
      if (!name.equals("SIBLING")) {
        assertEquals(NodeType.DIRECTORY, volume.attributes(node).type());
        for (int time = 0; time < 2; time++) {
          CorruptFileSystemException e =
              assertThrows(CorruptFileSystemException.class, () -> volume.list(node), name);
          assertEquals("/PARENT/CHILD/" + name, e.getFile());
          assertThrows(CorruptFileSystemException.class, () -> volume.lookup(node, "X"));
        }
      }
    }
    CorruptFileSystemException e =
        assertThrows(
            CorruptFileSystemException.class, () -> Walk.names(volume, "PARENT/CHILD/ASTRAY2"));
    assertEquals("leads back to /PARENT", e.getReason());
  }

  /** Thirty levels of two entries for one directory would be a thousand million ways. */
  @Test
  void aDirectoryIsEnteredByOneWayOnly() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    for (int level = 0; level < 30; level++) {
      int parent = level == 0 ? 0 : 99 + level;
      image.addDirectory(parent, "LEFT       ", 100 + level);
      image.add(parent, "RIGHT      ", FatImage.DIRECTORY, 100 + level, 0);
    }
    MountedVolume volume = Volumes.mount(image.device);
    Node node = volume.root();
    for (int level = 0; level < 30; level++) {
      Node left = volume.lookup(node, "LEFT");
      Node right = volume.lookup(node, "RIGHT");
      assertNotNull(volume.list(left));
      assertThrows(CorruptFileSystemException.class, () -> volume.list(right));
      node = left;
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void anEntryInTheDirectoryThatItNamesLeadsBack(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.add(0, "DIR        ", FatImage.DIRECTORY, 30, 0);
    image.chain(30, 31);
    for (int i = 0; i < 16; i++) {
      image.add(30, String.format("F%-10d", i), 0, 0, 0);
    }
    image.add(30, "LOOP       ", FatImage.DIRECTORY, 31, 0);
    MountedVolume volume = Volumes.mount(image.device);
    assertEquals(List.of("LOOP"), Walk.names(volume, "DIR/LOOP"));
    CorruptFileSystemException e =
        assertThrows(CorruptFileSystemException.class, () -> Walk.names(volume, "DIR/LOOP/LOOP"));
    assertEquals("leads back to /DIR/LOOP", e.getReason());
    assertEquals(17, Walk.names(volume, "DIR").size());
    assertEquals(List.of("LOOP"), Walk.names(volume, "DIR/LOOP"));
  }

  /** Two directories that share the cluster of their entries, level by level, double the ways. */
  @Test
  void anEntryOfTwoDirectoriesIsEnteredFromOneOnly() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.add(0, "LEFT       ", FatImage.DIRECTORY, 30, 0);
    image.add(0, "RIGHT      ", FatImage.DIRECTORY, 40, 0);
    image.chain(30, 31);
    for (int cluster : new int[] {30, 40}) {
      for (int i = 0; i < 16; i++) {
        image.add(cluster, String.format("F%-10d", i), 0, 0, 0);
      }
    }
    image.addDirectory(30, "SHARED     ", 50);
    image.chain(40, 31);
    MountedVolume volume = Volumes.mount(image.device);
    assertEquals(17, Walk.names(volume, "LEFT").size());
    assertEquals(17, Walk.names(volume, "RIGHT").size());
    assertEquals(List.of(), Walk.names(volume, "RIGHT/SHARED"));
    CorruptFileSystemException e =
        assertThrows(CorruptFileSystemException.class, () -> Walk.names(volume, "LEFT/SHARED"));
    assertEquals("/LEFT/SHARED", e.getFile());
    assertEquals(List.of(), Walk.names(volume, "RIGHT/SHARED"));
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aDirectoryIsListedUpToTheDamage(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.add(0, "DIR        ", FatImage.DIRECTORY, 30, 0);
    image.fat(30, 31);
    image.fat(31, 30);
    for (int i = 0; i < 32; i++) {
      image.add(30, String.format("F%-10d", i), 0, 0, 0);
    }
    MountedVolume volume = Volumes.mount(image.device);
    Node dir = Walk.find(volume, "DIR");
    DirectoryCursor cursor = volume.list(dir);
    for (int i = 0; i < 32; i++) {
      assertEquals("F" + i, cursor.next().name());
    }
    IOException first = assertThrows(CorruptFileSystemException.class, cursor::next);
    assertSame(first, assertThrows(CorruptFileSystemException.class, cursor::next));
    assertTrue(first.getMessage().contains("/DIR") && first.getMessage().contains("circular"));
    assertNotNull(volume.lookup(dir, "f31"));
    assertThrows(CorruptFileSystemException.class, () -> volume.lookup(dir, "f32"));
  }

  @Test
  void aDirectoryOfMoreThanTwoMebibytesIsReported() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.add(0, "DIR        ", FatImage.DIRECTORY, 30, 0);
    byte[] used = new byte[512];
    for (int i = 0; i < 512; i += 32) {
      used[i] = (byte) 0xE5;
    }
    int clusters = 4097;
    for (int i = 0; i < clusters; i++) {
      image.fat(30 + i, i + 1 < clusters ? 31 + i : 0xFFFF);
      image.device.write(image.position(30 + i), used, 0, 512);
    }
    MountedVolume volume = Volumes.mount(image.device);
    assertThrows(CorruptFileSystemException.class, () -> Walk.names(volume, "DIR"));
    image.fat(30 + clusters - 2, 0xFFFF);
    assertEquals(List.of(), Walk.names(Volumes.mount(image.device), "DIR"));
  }
}
