package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs checks of small images, and compares what they find with what is expected. */
final class Checks {

  private Checks() {}

  /** Returns a volume with a directory and two files, in which nothing is amiss. */
  static FatImage sound(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.addDirectory(0, "DIR        ", 20);
    image.addLong(20, "a long name.txt", "ALONGN~1TXT", 0x20, 30, 1000);
    image.chain(30, 31);
    image.add(0, "FILE    TXT", 0x20, 40, 1024);
    image.chain(40, 41);
    return image;
  }

  static List<Finding> findings(BlockDevice device) throws IOException {
    List<Finding> findings = new ArrayList<>();
    new FatDriver().check(device, Volumes.OPTIONS, findings::add);
    return findings;
  }

  /** Checks what is found, as "kind path", and that fsck.fat complains of the same volume. */
  static void assertFound(FatImage image, Path folder, String... expected) throws Exception {
    assertFoundByUs(image, expected);
    Judge.Verdict fsck =
        Judge.run(
            "fsck.fat",
            "-n",
            WritableVolumes.save(image.device, folder.resolve("volume.img")).toString());
    assertEquals(1, fsck.status(), fsck.output());
  }

  static void assertFoundByUs(FatImage image, String... expected) throws IOException {
    assertEquals(
        List.of(expected),
        findings(image.device).stream().map(f -> f.kind() + " " + f.path().orElse("-")).toList(),
        findings(image.device).toString());
  }
}
