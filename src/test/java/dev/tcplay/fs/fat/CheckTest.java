package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check finds each class of damage that section K lists, where it is, and nothing else. */
class CheckTest {

  @TempDir Path folder;
  private FatImage image;

  @BeforeEach
  void makeImage() throws IOException {
    image = sound(FatType.FAT32);
  }

  private static FatImage sound(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.addDirectory(0, "DIR        ", 20);
    image.addLong(20, "a long name.txt", "ALONGN~1TXT", 0x20, 30, 1000);
    image.chain(30, 31);
    image.add(0, "FILE    TXT", 0x20, 40, 1024);
    image.chain(40, 41);
    return image;
  }

  private List<Finding> findings() throws IOException {
    return findings(image.device);
  }

  private static List<Finding> findings(BlockDevice device) throws IOException {
    List<Finding> findings = new ArrayList<>();
    new FatDriver().check(device, Volumes.OPTIONS, findings::add);
    return findings;
  }

  /** Checks what is found, as "kind path", and that fsck.fat complains of the same volume. */
  private void assertFound(String... expected) throws Exception {
    assertFoundByUs(expected);
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", save().toString());
    assertEquals(1, fsck.status(), fsck.output());
  }

  private void assertFoundByUs(String... expected) throws IOException {
    assertEquals(
        List.of(expected),
        findings().stream().map(f -> f.kind() + " " + f.path().orElse("-")).toList(),
        findings().toString());
  }

  private Path save() throws IOException {
    byte[] bytes = new byte[(int) image.device.size()];
    image.device.read(0, bytes, 0, bytes.length);
    return Files.write(folder.resolve("volume.img"), bytes);
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aSoundVolumeHasNoFindings(FatType type) throws Exception {
    image = sound(type);
    assertFoundByUs();
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", save().toString());
    assertEquals(0, fsck.status(), fsck.output());
  }

  @Test
  void aNewVolumeHasNoFindings() throws IOException {
    for (long bytes : new long[] {36_864, 1 << 20, 64 << 20, 1L << 30}) {
      MemoryDevice device = new MemoryDevice(bytes);
      FormatOptions options =
          FormatOptions.DEFAULT
              .withLabel(Optional.of("LABEL"))
              .withZone(Volumes.OPTIONS.zone())
              .withCodePage(Volumes.OPTIONS.codePage());
      new FatDriver().format(device, options);
      assertEquals(List.of(), findings(device));
    }
  }

  @Test
  void theCheckWritesNothing() throws IOException {
    CountingDevice device = new CountingDevice(image.device);
    findings(device);
    assertEquals(0, device.writes());
  }

  /** A change of some bytes, and what is found of it. */
  @ParameterizedTest
  @CsvSource({
    "6*512+3,   1, 0x41, backup-differs -",
    "65,        1, 1,    dirty -",
    "65,        1, 2,    media-errors -",
    "512,       1, 0,    fsinfo -",
    "512+488,   4, 7,    free-count -",
    "32*512,    1, 0xF0, fat-media -",
    "32*512+7,  1, 7,    dirty -",
    "32*512+7,  1, 11,   media-errors -"
  })
  void damageOfTheVolumeIsFound(String place, int bytes, String value, String expected)
      throws IOException {
    int at = 0;
    for (String term : place.split("\\+", -1)) {
      String[] factors = term.split("\\*", -1);
      int product = Integer.parseInt(factors[0]);
      at += factors.length == 1 ? product : product * Integer.parseInt(factors[1]);
    }
    image.put(at, Integer.decode(value), bytes);
    if (at >= 32 * 512) {
      image.put(at + 40 * 512, Integer.decode(value), bytes);
    }
    assertFoundByUs(expected);
  }

  @Test
  void tablesThatDifferAreFound() throws Exception {
    image.put(image.fatPosition() + 40 * 512 + 4 * 100, 5, 4);
    assertFound("fats-differ -");
  }

  @Test
  void lostClustersAreCounted() throws Exception {
    image.chain(100, 101, 102);
    image.chain(200);
    assertFound("lost-clusters -");
    assertEquals("4 clusters in 2 chains (2048 bytes) are lost", findings().get(0).text());
  }

  @Test
  void sharedClustersNameBothOwners() throws Exception {
    image.add(0, "OTHER      ", 0x20, 50, 1500);
    image.chain(50, 40, 41);
    assertFound("shared-clusters /OTHER");
    assertEquals("shares clusters from 40 on with /FILE.TXT", findings().get(0).text());
  }

  @Test
  void circularChainsAreFound() throws Exception {
    image.fat(41, 40);
    assertFound("circular-chain /FILE.TXT");
  }

  @Test
  void chainsOfTheWrongLengthAreFound() throws Exception {
    image.fat(40, 0xFFFFFFF);
    image.fat(41, 0);
    image.fat(31, 32);
    image.fat(32, 0xFFFFFFF);
    assertFound("chain-too-long /DIR/a long name.txt", "chain-too-short /FILE.TXT");
  }

  @Test
  void chainsToNowhereAreFound() throws Exception {
    image.fat(40, 0x5555);
    image.fat(41, 0);
    image.fat(31, 0);
    assertFound("chain-to-free /DIR/a long name.txt", "chain-out-of-range /FILE.TXT");
    image.fat(31, 0xFFFFFF7);
    assertFound("chain-to-bad /DIR/a long name.txt", "chain-out-of-range /FILE.TXT");
  }

  @Test
  void wrongFirstClustersAreFound() throws Exception {
    image.add(0, "ONE        ", 0x20, 1, 10);
    image.add(0, "FAR        ", 0x20, 0x50000, 10);
    image.add(0, "NEGATIVE   ", 0x10, -65_536, 0);
    image.add(0, "NONE       ", 0x20, 0, 10);
    assertFound(
        "first-cluster /ONE", "first-cluster /FAR", "first-cluster /NEGATIVE", "no-clusters /NONE");
  }

  @Test
  void directoriesThatLeadUpwardsAreFound() throws Exception {
    image.add(20, "TOROOT     ", 0x10, 0, 0);
    image.add(20, "TOROOT2    ", 0x10, 2, 0);
    image.add(20, "TOPARENT   ", 0x10, 20, 0);
    assertFoundByUs(
        "points-to-root /DIR/TOROOT",
        "points-to-root /DIR/TOROOT2",
        "points-to-parent /DIR/TOPARENT");
  }

  @Test
  void wrongDotsAreFound() throws Exception {
    image.add(0, "NODOTS     ", 0x10, 60, 0);
    image.chain(60);
    image.add(60, "FILE       ", 0x20, 0, 0);
    image.put(image.position(20) + 26, 99, 2);
    image.put(image.position(20) + 32 + 26, 98, 2);
    image.add(20, "..         ", 0x10, 20, 0);
    assertFound("dots /DIR", "dots /DIR", "dots /DIR", "dots /NODOTS", "dots /NODOTS");
  }

  @Test
  void aDirectoryWithASizeIsFound() throws Exception {
    image.put(image.position(0) + 28, 512, 4);
    assertFoundByUs("directory-size /DIR");
  }

  @Test
  void badNamesAreFound() throws Exception {
    image.add(20, " SPACE     ", 0x20, 0, 0);
    image.add(20, "lower      ", 0x20, 0, 0);
    image.add(20, "A*B        ", 0x20, 0, 0);
    assertFoundByUs("bad-name /DIR/ SPACE", "bad-name /DIR/lower", "bad-name /DIR/A*B");
    image.add(20, "\u0001          ", 0x20, 0, 0);
    image.add(20, "\u0002          ", 0x20, 0, 0);
    image.add(20, "\u0003          ", 0x20, 0, 0);
    image.add(20, "\u0004          ", 0x20, 0, 0);
    assertTrue(findings().stream().anyMatch(f -> f.kind().equals("many-bad-entries")));
  }

  @Test
  void duplicateNamesAreFound() throws Exception {
    image.add(0, "FILE    TXT", 0x20, 0, 0);
    image.addLong(20, "A LONG name.TXT", "OTHER      ", 0x20, 0, 0);
    assertFoundByUs("duplicate-name /DIR/A LONG name.TXT", "duplicate-name /FILE.TXT");
  }

  @Test
  void longNamesThatBelongToNothingAreFound() throws Exception {
    List<byte[]> slots = FatImage.longSlots("left over after a deletion", "GONE       ");
    for (byte[] slot : slots) {
      image.addSlot(20, slot);
    }
    image.add(20, "OTHER      ", 0x20, 0, 0);
    image.addSlot(20, slots.get(1));
    image.add(20, "\u00E5ELETED    ", 0x20, 0, 0);
    image.addSlot(20, slots.get(0));
    assertFound("long-name-checksum /DIR", "orphan-long-name /DIR", "orphan-long-name /DIR");
  }

  @Test
  void wrongLabelsAreFound() throws Exception {
    image.add(20, "LABEL      ", 0x08, 0, 0);
    image.add(0, "lower      ", 0x08, 0, 0);
    image.add(0, "SECOND     ", 0x08, 0, 0);
    assertFoundByUs("label /DIR", "label-differs /", "label /", "label /");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LA*BEL     ", "LA.BEL     ", " LABEL     ", "LABEL[]    "})
  void labelsThatNobodyMayWriteAreFound(String label) throws Exception {
    image = sound(FatType.FAT16);
    image.put(43, label);
    image.add(0, label, 0x08, 0, 0);
    assertFound("label /");
  }

  @Test
  void aLabelThatLeadsToClustersIsFound() throws Exception {
    image = sound(FatType.FAT16);
    image.put(43, "LABEL      ");
    image.add(0, "LABEL      ", 0x08, 90, 0);
    assertFound("label /");
  }

  @Test
  void aNameWithTheCharacterDeleteIsFound() throws Exception {
    image.add(20, "A\u007FB        ", 0x20, 0, 0);
    assertFound("bad-name /DIR/A\u007FB");
  }

  @Test
  void aPartOfALongNameWithAClusterIsFound() throws Exception {
    byte[] slot = FatImage.longSlots("its part", "ITSPART    ").get(0);
    slot[26] = 40;
    image.addSlot(20, slot);
    image.add(20, "ITSPART    ", 0x20, 0, 0);
    assertFound("long-name-field /DIR");
  }

  @Test
  void rootEntriesOfTheWrongNumberAreFound() throws Exception {
    image.put(17, 16, 2);
    image.put(6 * 512 + 17, 16, 2);
    assertFound("root-entries -");
    image = new FatImage(FatType.FAT16);
    image.put(17, 63, 2);
    assertFound("root-entries -");
  }

  @Test
  void aTableThatIsTooSmallForItsClustersIsFound() throws Exception {
    image = new FatImage(FatType.FAT16);
    image.put(19, 20_000, 2);
    assertFoundByUs("volume-size -", "table-size -");
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void mutantsAreCheckedToTheEnd(FatType type) throws IOException {
    Random random = new Random(Seeds.of("mutantsAreCheckedToTheEnd " + type));
    for (int mutant = 0; mutant < 200; mutant++) {
      FatImage mutated = sound(type);
      for (int i = 0; i < 6; i++) {
        long[] areas = {mutated.fatPosition(), mutated.position(0), mutated.position(20)};
        long at = areas[random.nextInt(3)] + random.nextInt(170);
        mutated.put(at, random.nextBoolean() ? random.nextInt(50) : random.nextInt(256), 1);
      }
      CountingDevice device = new CountingDevice(mutated.device);
      try {
        findings(device);
      } catch (IOException e) {
        assertTrue(e.getMessage() != null);
      }
      assertTrue(device.reads() < 100_000);
    }
  }
}
