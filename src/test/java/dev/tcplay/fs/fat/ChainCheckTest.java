package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check finds wrong chains and lost clusters, as section K lists them, and whose they are. */
class ChainCheckTest {

  @TempDir Path folder;
  private FatImage image;

  @BeforeEach
  void makeImage() throws IOException {
    image = Checks.sound(FatType.FAT32);
  }

  @Test
  void lostClustersAreCounted() throws Exception {
    image.chain(100, 101, 102);
    image.chain(200);
    Checks.assertFound(image, folder, "lost-clusters -");
    assertEquals(
        "4 clusters in 2 chains (2048 bytes) are lost",
        Checks.findings(image.device).get(0).text());
  }

  @Test
  void sharedClustersNameBothOwners() throws Exception {
    image.add(0, "OTHER      ", 0x20, 50, 1500);
    image.chain(50, 40, 41);
    Checks.assertFound(image, folder, "shared-clusters /OTHER");
    assertEquals(
        "shares clusters from 40 on with /FILE.TXT", Checks.findings(image.device).get(0).text());
  }

  @Test
  void circularChainsAreFound() throws Exception {
    image.fat(41, 40);
    Checks.assertFound(image, folder, "circular-chain /FILE.TXT");
  }

  @Test
  void chainsOfTheWrongLengthAreFound() throws Exception {
    image.fat(40, 0xFFFFFFF);
    image.fat(41, 0);
    image.fat(31, 32);
    image.fat(32, 0xFFFFFFF);
    Checks.assertFound(
        image, folder, "chain-too-long /DIR/a long name.txt", "chain-too-short /FILE.TXT");
  }

  @Test
  void chainsToNowhereAreFound() throws Exception {
    image.fat(40, 0x5555);
    image.fat(41, 0);
    image.fat(31, 0);
    Checks.assertFound(
        image, folder, "chain-to-free /DIR/a long name.txt", "chain-out-of-range /FILE.TXT");
    image.fat(31, 0xFFFFFF7);
    Checks.assertFound(
        image, folder, "chain-to-bad /DIR/a long name.txt", "chain-out-of-range /FILE.TXT");
  }

  @Test
  void wrongFirstClustersAreFound() throws Exception {
    image.add(0, "ONE        ", 0x20, 1, 10);
    image.add(0, "FAR        ", 0x20, 0x50000, 10);
    image.add(0, "NEGATIVE   ", 0x10, -65_536, 0);
    image.add(0, "NONE       ", 0x20, 0, 10);
    Checks.assertFound(
        image,
        folder,
        "first-cluster /ONE",
        "first-cluster /FAR",
        "first-cluster /NEGATIVE",
        "no-clusters /NONE");
  }
}
