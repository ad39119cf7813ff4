package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.testing.ChildJvm;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The odd images that others collected: opened, walked and read in a small JVM under a watchdog.
 */
class OddImagesTest {

  private static final int MAX_SECTORS_READ = 20_000;

  /** What is known about each image, the work of fsck.fat and a hex editor. */
  private static final List<String> EXPECTED =
      List.of(
          "fat-chain_to_free_cluster.img FAT16 TESTFAT16 /TEST.TXT:5",
          "fat-circular_chain.img FAT16 TESTFAT16 /FSCK0000.REC:4096 /TEST4CLS.TXT:12288",
          "fat-dot_entries.img FAT16 TESTFAT16 /DIR /DIR/TEST1.TXT:7 /DIR/TEST2.TXT:7",
          "fat-fat12_first_cluster.img FAT12 -",
          "fat-fat32_dos_cln_shut.img FAT32 -",
          "fat-label-different.img FAT32 LABEL2",
          "fat32-with-fewer-than-65525-clusters.img FAT32 -");

  @Test
  void everyImageIsReadWithinItsBounds() throws Exception {
    Path images = GenuineImages.folder("odd-filesystems");
    List<String> lines = ChildJvm.main(List.of("-Xmx64m"), Listing.class, images).lines().toList();
    assertEquals(EXPECTED, lines);
  }

  /** Runs in a JVM of its own. */
  static final class Listing {

    private Listing() {}

    public static void main(String[] args) throws IOException {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      List<Path> images;
      try (Stream<Path> files = Files.list(Path.of(args[0]))) {
        images = files.filter(file -> file.getFileName().toString().startsWith("fat")).toList();
      }
      for (Path image : images.stream().sorted().toList()) {
        CountingDevice device = new CountingDevice(FileDevice.open(image, HostOpen.reading()));
        try (var volume = Volumes.mount(device)) {
          StringBuilder line = new StringBuilder(image.getFileName() + " " + volume.type());
          line.append(' ').append(volume.label().orElse("-"));
          for (var entry : new TreeMap<>(Walk.tree(volume)).entrySet()) {
            line.append(' ').append(entry.getKey());
            if (!entry.getValue().isDirectory()) {
              line.append(':').append(Walk.read(volume, entry.getValue()).length);
            }
          }
          out.println(line);
        }
        if (device.sectorsRead() > MAX_SECTORS_READ) {
          throw new AssertionError(image + ": " + device.sectorsRead() + " sectors were read");
        }
      }
    }
  }
}
