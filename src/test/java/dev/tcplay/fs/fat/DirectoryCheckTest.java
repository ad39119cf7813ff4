package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check finds damage of directories, names and labels, as section K lists it. */
class DirectoryCheckTest {

  @TempDir Path folder;
  private FatImage image;

  @BeforeEach
  void makeImage() throws IOException {
    image = Checks.sound(FatType.FAT32);
  }

  @Test
  void directoriesThatLeadUpwardsAreFound() throws Exception {
    image.add(20, "TOROOT     ", 0x10, 0, 0);
    image.add(20, "TOROOT2    ", 0x10, 2, 0);
    image.add(20, "TOPARENT   ", 0x10, 20, 0);
    Checks.assertFoundByUs(
        image,
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
    Checks.assertFound(
        image, folder, "dots /DIR", "dots /DIR", "dots /DIR", "dots /NODOTS", "dots /NODOTS");
  }

  @Test
  void aDirectoryWithASizeIsFound() throws Exception {
    image.put(image.position(0) + 28, 512, 4);
    Checks.assertFoundByUs(image, "directory-size /DIR");
  }

  @Test
  void badNamesAreFound() throws Exception {
    image.add(20, " SPACE     ", 0x20, 0, 0);
    image.add(20, "lower      ", 0x20, 0, 0);
    image.add(20, "A*B        ", 0x20, 0, 0);
    Checks.assertFoundByUs(
        image, "bad-name /DIR/ SPACE", "bad-name /DIR/lower", "bad-name /DIR/A*B");
    image.add(20, "\u0001          ", 0x20, 0, 0);
    image.add(20, "\u0002          ", 0x20, 0, 0);
    image.add(20, "\u0003          ", 0x20, 0, 0);
    image.add(20, "\u0004          ", 0x20, 0, 0);
    assertTrue(
        Checks.findings(image.device).stream().anyMatch(f -> f.kind().equals("many-bad-entries")));
  }

  @Test
  void duplicateNamesAreFound() throws Exception {
    image.add(0, "FILE    TXT", 0x20, 0, 0);
    image.addLong(20, "A LONG name.TXT", "OTHER      ", 0x20, 0, 0);
    Checks.assertFoundByUs(
        image, "duplicate-name /DIR/A LONG name.TXT", "duplicate-name /FILE.TXT");
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
    Checks.assertFound(
        image, folder, "long-name-checksum /DIR", "orphan-long-name /DIR", "orphan-long-name /DIR");
  }

  @Test
  void wrongLabelsAreFound() throws Exception {
    image.add(20, "LABEL      ", 0x08, 0, 0);
    image.add(0, "lower      ", 0x08, 0, 0);
    image.add(0, "SECOND     ", 0x08, 0, 0);
    Checks.assertFoundByUs(image, "label /DIR", "label-differs /", "label /", "label /");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LA*BEL     ", "LA.BEL     ", " LABEL     ", "LABEL[]    "})
  void labelsThatNobodyMayWriteAreFound(String label) throws Exception {
    image = Checks.sound(FatType.FAT16);
    image.put(43, label);
    image.add(0, label, 0x08, 0, 0);
    Checks.assertFound(image, folder, "label /");
  }

  @Test
  void aLabelThatLeadsToClustersIsFound() throws Exception {
    image = Checks.sound(FatType.FAT16);
    image.put(43, "LABEL      ");
    image.add(0, "LABEL      ", 0x08, 90, 0);
    Checks.assertFound(image, folder, "label /");
  }

  @Test
  void aNameWithTheCharacterDeleteIsFound() throws Exception {
    image.add(20, "A\u007FB        ", 0x20, 0, 0);
    Checks.assertFound(image, folder, "bad-name /DIR/A\u007FB");
  }

  @Test
  void aPartOfALongNameWithAClusterIsFound() throws Exception {
    byte[] slot = FatImage.longSlots("its part", "ITSPART    ").get(0);
    slot[26] = 40;
    image.addSlot(20, slot);
    image.add(20, "ITSPART    ", 0x20, 0, 0);
    Checks.assertFound(image, folder, "long-name-field /DIR");
  }
}
