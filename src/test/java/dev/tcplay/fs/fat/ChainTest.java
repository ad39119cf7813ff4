package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chains of files, whole and damaged: the rules B5 and B8. */
class ChainTest {

  private static final int EMPTY_AT_END = -1;

  /** Reads a file of four clusters; returns the readable bytes and checks the complaint. */
  private static void assertReadable(FatImage image, long size, int readable, String complaint)
      throws IOException {
    image.add(0, "FILE       ", 0, 10, size);
    image.add(0, "SIBLING    ", 0, 0, 0);
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertNotNull(Walk.find(volume, "SIBLING"));
      assertEquals(size, volume.attributes(Walk.find(volume, "FILE")).size());
      try (OpenNode file = volume.open(Walk.find(volume, "FILE"))) {
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
    assertEquals(1024, Walk.read(Volumes.mount(image.device), "FILE").length);
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
    assertEquals(1024, Walk.read(Volumes.mount(image.device), "FILE").length);
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aFileWithoutClustersIsNotTheRoot(FatType type) throws IOException {
    for (int first : new int[] {0, 1, 0xFFFF}) {
      FatImage image = new FatImage(type);
      image.add(0, "FILE       ", 0, first, 10);
      MountedVolume volume = Volumes.mount(image.device);
      assertThrows(CorruptFileSystemException.class, () -> Walk.read(volume, "FILE"));
    }
  }

  @Test
  void anEmptyFileMayHaveAFirstCluster() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.add(0, "FILE       ", 0, 9, 0);
    assertEquals(0, Walk.read(Volumes.mount(image.device), "FILE").length);
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
    try (OpenNode file = volume.open(Walk.find(volume, "FILE"))) {
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
    byte[] bytes = Walk.read(volume, "FILE");
    for (int i = 0; i < chain.length; i++) {
      assertEquals(i, bytes[512 * i]);
    }
    assertEquals(512L * (image.clusters() - chain.length), volume.space().freeBytes());
  }
}
