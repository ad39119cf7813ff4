package dev.tcplay.fs.fat;

import static dev.tcplay.block.FlakeyDevice.Fault.FAIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.FlakeyDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.cluster.ExtentMap;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chains of files and directories, whole and damaged: the rules B5, B8, C6, C9 and C12. */
class ChainTest {

  private static final int EMPTY_AT_END = -1;

  /** Reads a file of four clusters; returns the readable bytes and checks the complaint. */
  private static void assertReadable(FatImage image, long size, int readable, String complaint)
      throws IOException {
    image.add(0, "FILE       ", 0, 10, size);
    image.add(0, "SIBLING    ", 0, 0, 0);
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertNotNull(Volumes.find(volume, "SIBLING"));
      assertEquals(size, volume.attributes(Volumes.find(volume, "FILE")).size());
      try (OpenNode file = volume.open(Volumes.find(volume, "FILE"))) {
        byte[] target = new byte[1 << 16];
        int n = readable == 0 ? 0 : file.read(0, target, 0, target.length);
        assertEquals(readable, n);
        for (int time = 0; time < 2; time++) {
          CorruptFileSystemException e =
              assertThrows(
                  CorruptFileSystemException.class,
                  () -> file.read(readable, target, 0, target.length));
          assertTrue(e.getReason().contains(complaint), e.getReason());
          assertEquals("/FILE", e.getFile());
        }
        assertThrows(CorruptFileSystemException.class, () -> file.read(size - 1, target, 0, 1));
        if (readable > 0) {
          assertEquals(1, file.read(readable - 1, target, 0, 1));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aLinkToAFreeClusterIsReported(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.fat(10, 11);
    image.fat(11, 0);
    assertReadable(image, 2048, 512, "free");
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aFirstClusterThatIsFreeIsReported(FatType type) throws IOException {
    assertReadable(new FatImage(type), 5, 0, "first cluster 10 is marked free");
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aLinkToABadClusterIsReported(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.fat(10, 0xFFFFFF7);
    assertReadable(image, 2048, 512, "bad");
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void reservedNumbersAndThoseBeyondTheVolumeAreReported(FatType type) throws IOException {
    int[] numbers = {1, new FatImage(type).clusters() + 2, 0xFFFFFF0, 0xFFFFFF6};
    for (int number : numbers) {
      FatImage image = new FatImage(type);
      image.fat(10, number);
      assertReadable(image, 2048, 512, "leads to the number");
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void theLastClusterIsOne(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.chain(10, image.clusters() + 1);
    image.add(0, "FILE       ", 0, 10, 1024);
    assertEquals(1024, Volumes.read(Volumes.mount(image.device), "FILE").length);
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void everyEndMarkEndsAChain(FatType type) throws IOException {
    for (int end = 0xFFFFFF8; end <= 0xFFFFFFF; end++) {
      FatImage image = new FatImage(type);
      image.fat(10, end);
      assertReadable(image, 2048, 512, "chain ends");
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aCircleIsReportedWhereItCloses(FatType type) throws IOException {
    for (int[] circle : new int[][] {{10, 10}, {10, 11, 10}, {10, 11, 12, 11}, {10, 9, 10}}) {
      FatImage image = new FatImage(type);
      for (int i = 0; i + 1 < circle.length; i++) {
        image.fat(circle[i], circle[i + 1]);
      }
      assertReadable(image, 0xFFFFFFFFL, 512 * (circle.length - 1), "circular");
    }
  }

  @Test
  void theUpperFourBitsOfAFat32EntryMeanNothing() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    image.fat(10, 0xA000000B);
    image.fat(11, 0x5FFFFFFF);
    image.add(0, "FILE       ", 0, 10, 1024);
    assertEquals(1024, Volumes.read(Volumes.mount(image.device), "FILE").length);
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aFileWithoutClustersIsNotTheRoot(FatType type) throws IOException {
    for (int first : new int[] {0, 1, 0xFFFF}) {
      FatImage image = new FatImage(type);
      image.add(0, "FILE       ", 0, first, 10);
      MountedVolume volume = Volumes.mount(image.device);
      assertThrows(CorruptFileSystemException.class, () -> Volumes.read(volume, "FILE"));
    }
  }

  @Test
  void anEmptyFileMayHaveAFirstCluster() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.add(0, "FILE       ", 0, 9, 0);
    assertEquals(0, Volumes.read(Volumes.mount(image.device), "FILE").length);
  }

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
    List<String> names = Volumes.names(volume, "PARENT/CHILD");
    assertEquals(clusters.length + (type == FatType.FAT32 ? 2 : 1), names.size());
    for (String name : names) {
      Node node = Volumes.find(volume, "PARENT/CHILD/" + name);
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
            CorruptFileSystemException.class, () -> Volumes.names(volume, "PARENT/CHILD/ASTRAY2"));
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
    assertEquals(List.of("LOOP"), Volumes.names(volume, "DIR/LOOP"));
    CorruptFileSystemException e =
        assertThrows(
            CorruptFileSystemException.class, () -> Volumes.names(volume, "DIR/LOOP/LOOP"));
    assertEquals("leads back to /DIR/LOOP", e.getReason());
    assertEquals(17, Volumes.names(volume, "DIR").size());
    assertEquals(List.of("LOOP"), Volumes.names(volume, "DIR/LOOP"));
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
    assertEquals(17, Volumes.names(volume, "LEFT").size());
    assertEquals(17, Volumes.names(volume, "RIGHT").size());
    assertEquals(List.of(), Volumes.names(volume, "RIGHT/SHARED"));
    CorruptFileSystemException e =
        assertThrows(CorruptFileSystemException.class, () -> Volumes.names(volume, "LEFT/SHARED"));
    assertEquals("/LEFT/SHARED", e.getFile());
    assertEquals(List.of(), Volumes.names(volume, "RIGHT/SHARED"));
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
    Node dir = Volumes.find(volume, "DIR");
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
    assertThrows(CorruptFileSystemException.class, () -> Volumes.names(volume, "DIR"));
    image.fat(30 + clusters - 2, 0xFFFF);
    assertEquals(List.of(), Volumes.names(Volumes.mount(image.device), "DIR"));
  }

  /** Every cluster a run of its own, beyond what is remembered. */
  @Test
  void aScatteredChainIsFoundAgainAtAnyPlace() throws IOException {
    int clusters = 200_000;
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < clusters; i++) {
      order.add(i + 2);
    }
    Random random = new Random(Seeds.of("aScatteredChainIsFoundAgainAtAnyPlace"));
    Collections.shuffle(order, random);
    MemoryDevice device = new MemoryDevice(4L * (clusters + 2) + 4096);
    Geometry geometry =
        new Geometry(FatType.FAT32, 512, 512, 0, device.size(), 0, 0, 2, 0, clusters, 0);
    for (int i = 0; i < clusters; i++) {
      link(device, order.get(i), i + 1 < clusters ? order.get(i + 1) : 0xFFFFFFF);
    }
    FatTable table = new FatTable(device, geometry);
    ExtentMap extents = new ExtentMap(table, order.get(0), () -> "/x");
    for (int i = 0; i < 3000; i++) {
      int place = random.nextInt(clusters);
      assertEquals((long) order.get(place), extents.find(place, 5).cluster());
    }
    assertEquals((long) order.get(clusters - 1), extents.find(clusters - 1, 1).cluster());
    assertNull(extents.find(clusters, 1));
    assertTrue(extents.memory() <= 1 << 20, () -> extents.memory() + " bytes");
  }

  @Test
  void aReadThatFailsIsMadeAgainAndNotTakenForDamage() throws IOException {
    int[] chain = {10, 3000, 11, 3001, 12, 3002};
    MemoryDevice device = new MemoryDevice(1 << 15);
    for (int i = 0; i < chain.length; i++) {
      link(device, chain[i], i + 1 < chain.length ? chain[i + 1] : 0xFFFFFFF);
    }
    BlockDevice flakey = new FlakeyDevice(device, FlakeyDevice.Schedule.alternating(2, 1, FAIL));
    Geometry geometry =
        new Geometry(FatType.FAT32, 512, 512, 0, device.size(), 0, 0, 2, 0, 4000, 0);
    ExtentMap extents = new ExtentMap(new FatTable(flakey, geometry), 10, () -> "/x");
    int failures = 0;
    for (int place = 0; place < chain.length; ) {
      try {
        assertEquals(chain[place], extents.find(place, 1).cluster());
        place++;
      } catch (CorruptFileSystemException e) {
        throw e;
      } catch (IOException e) {
        failures++;
      }
    }
    assertTrue(failures > 2, "reads that failed: " + failures);
  }

  /** Makes a FAT32 entry of a table that begins where the device does. */
  private static void link(MemoryDevice device, int from, int to) throws IOException {
    byte[] entry = {(byte) to, (byte) (to >> 8), (byte) (to >> 16), (byte) (to >> 24)};
    device.write(4L * from, entry, 0, 4);
  }

  @Test
  void aRunOfNeighboursIsOneTransfer() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    int[] chain = new int[1000];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = 50 + i;
    }
    image.chain(chain);
    image.add(0, "FILE       ", 0, 50, 1000 * 512);
    CountingDevice counting = new CountingDevice(image.device);
    MountedVolume volume = Volumes.mount(counting);
    try (OpenNode file = volume.open(Volumes.find(volume, "FILE"))) {
      counting.reset();
      assertEquals(512_000, file.read(0, new byte[512_000], 0, 512_000));
      assertTrue(counting.reads() <= 3, () -> counting.reads() + " reads");
      counting.reset();
      assertEquals(100, file.read(300_000, new byte[100], 0, 100));
      assertEquals(1, counting.reads());
      assertEquals(EMPTY_AT_END, file.read(512_000, new byte[100], 0, 100));
    }
  }

  @Test
  void fat12EntriesThatStraddleSectorsAreReadWhole() throws IOException {
    FatImage image = new FatImage(FatType.FAT12);
    int[] chain = {340, 341, 342, 2729, 2730, 2731, 1365, 1366, 682, 683};
    image.chain(chain);
    for (int i = 0; i < chain.length; i++) {
      image.put(image.position(chain[i]), i, 1);
    }
    image.add(0, "FILE       ", 0, 340, chain.length * 512L);
    MountedVolume volume = Volumes.mount(image.device);
    byte[] bytes = Volumes.read(volume, "FILE");
    for (int i = 0; i < chain.length; i++) {
      assertEquals(i, bytes[512 * i]);
    }
    assertEquals(512L * (image.clusters() - chain.length), volume.space().freeBytes());
  }
}
