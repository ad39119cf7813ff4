package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.testing.Judge;
import dev.tcplay.volume.VolumeBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** FAT volumes made by the tools of others, and containers that hold them. */
final class FatImages {

  static final String PASSWORD = "open sesame";

  private FatImages() {}

  /** Makes files of random contents in a folder: 12 in two directories. */
  static Path makeTree(Path folder, long seed) throws IOException {
    Random random = new Random(seed);
    Files.createDirectories(folder.resolve("a directory"));
    for (int i = 0; i < 12; i++) {
      byte[] contents = new byte[1 + random.nextInt(40_000)];
      random.nextBytes(contents);
      Files.write(folder.resolve(i % 2 == 0 ? "a directory" : ".").resolve("file " + i), contents);
    }
    return folder;
  }

  /** Makes a FAT volume of a tree; the test is skipped where mkfs.fat and mtools are missing. */
  static Path make(Path image, int kib, Path tree) throws Exception {
    run("mkfs.fat", "-C", "-n", "MADE", image.toString(), Integer.toString(kib));
    try (Stream<Path> files = Files.list(tree)) {
      for (Path file : files.sorted().toList()) {
        run("mcopy", "-s", "-m", "-i", image.toString(), file.toString(), "::");
      }
    }
    return image;
  }

  private static void run(String... command) throws Exception {
    Judge.Verdict verdict = Judge.run(command);
    assertEquals(0, verdict.status(), () -> List.of(command) + ": " + verdict.output());
  }

  /** Makes a container, quick to open, of an image. */
  static Path encrypt(Path container, Path image) throws IOException {
    VolumeBuilder builder = new VolumeBuilder();
    builder
        .password(PASSWORD.getBytes(StandardCharsets.UTF_8))
        .pim(1)
        .quick(true)
        .contents(image)
        .create(container);
    return container;
  }
}
