package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The check finds damage of the whole volume, as section K lists it, and nothing else. */
class CheckTest {

  @TempDir Path folder;
  private FatImage image;

  @BeforeEach
  void makeImage() throws IOException {
    image = Checks.sound(FatType.FAT32);
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aSoundVolumeHasNoFindings(FatType type) throws Exception {
    image = Checks.sound(type);
    Checks.assertFoundByUs(image);
    Judge.Verdict fsck =
        Judge.run(
            "fsck.fat",
            "-n",
            WritableVolumes.save(image.device, folder.resolve("volume.img")).toString());
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
      assertEquals(List.of(), Checks.findings(device));
    }
  }

  @Test
  void theCheckWritesNothing() throws IOException {
    CountingDevice device = new CountingDevice(image.device);
    Checks.findings(device);
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
    Checks.assertFoundByUs(image, expected);
  }

  @Test
  void tablesThatDifferAreFound() throws Exception {
    image.put(image.fatPosition() + 40 * 512 + 4 * 100, 5, 4);
    Checks.assertFound(image, folder, "fats-differ -");
  }

  @Test
  void rootEntriesOfTheWrongNumberAreFound() throws Exception {
    image.put(17, 16, 2);
    image.put(6 * 512 + 17, 16, 2);
    Checks.assertFound(image, folder, "root-entries -");
    image = new FatImage(FatType.FAT16);
    image.put(17, 63, 2);
    Checks.assertFound(image, folder, "root-entries -");
  }

  @Test
  void aTableThatIsTooSmallForItsClustersIsFound() throws Exception {
    image = new FatImage(FatType.FAT16);
    image.put(19, 20_000, 2);
    Checks.assertFoundByUs(image, "volume-size -", "table-size -");
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void mutantsAreCheckedToTheEnd(FatType type) throws IOException {
    Random random = new Random(Seeds.of("mutantsAreCheckedToTheEnd " + type));
    for (int mutant = 0; mutant < 200; mutant++) {
      FatImage mutated = Checks.sound(type);
      for (int i = 0; i < 6; i++) {
        long[] areas = {mutated.fatPosition(), mutated.position(0), mutated.position(20)};
        long at = areas[random.nextInt(3)] + random.nextInt(170);
        mutated.put(at, random.nextBoolean() ? random.nextInt(50) : random.nextInt(256), 1);
      }
      CountingDevice device = new CountingDevice(mutated.device);
      try {
        Checks.findings(device);
      } catch (IOException e) {
        assertTrue(e.getMessage() != null);
      }
      assertTrue(device.reads() < 100_000);
    }
  }
}
