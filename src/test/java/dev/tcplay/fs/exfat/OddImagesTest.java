package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.Node;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The odd images that others collected: opened, walked and read in a small JVM under a watchdog.
 */
class OddImagesTest {

  private static final int MAX_SECTORS_READ = 20_000;
  private static final int MOST_NAMED = 20;

  /** What is known about each image, the work of fsck.exfat and a hex editor. */
  private static final List<String> EXPECTED =
      List.of(
          "exfat-bad_bitmap.img -" + tree("16384", "16384"),
          "exfat-bad_file_size.img -"
              + tree("!the cluster chain ends at byte 8192 of 16384", "8192"),
          "exfat-bs_bad_csum.img - [read by the backup boot region: exFAT boot region: Boot"
              + " Checksum is CDCDCDCD, but the sum of the sectors is 911DADC0]",
          "exfat-de_bad_csum.img - [is marked as not closed in order, or as having errors]"
              + " /l0_file_00:0 /l0_file_01:0 /l0_file_02:0",
          "exfat-duplicate_clu.img -" + tree("16384", "16384"),
          "exfat-loop_chain.img -"
              + tree("16384", "!circular chain: cluster 25 leads back to 24, behind 2 sound ones"),
          "exfat-unused-dentries.img - 467 nodes");

  /** Returns the tree that most of the images have, with what is read of its bad files. */
  private static String tree(String first, String second) {
    return (" /child_01:8192 /child_02:8192 /child_03:8192 /dir_01 /dir_01/bad_child_01:%s"
            + " /dir_01/child_04:8192 /dir_01/child_05:8192 /dir_02 /dir_02/bad_child_02:%s"
            + " /dir_02/child_06:8192 /dir_02/child_07:8192")
        .formatted(first, second);
  }

  @Test
  void everyImageIsReadWithinItsBounds() throws Exception {
    Path images = GenuineImages.folder("odd-filesystems");
    List<String> lines = ChildJvm.main(List.of("-Xmx64m"), Reader.class, images).lines().toList();
    assertEquals(EXPECTED, lines);
  }

  /** Runs in a JVM of its own. */
  static final class Reader {

    private Reader() {}

    public static void main(String[] args) throws IOException {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      List<Path> images;
      try (Stream<Path> files = Files.list(Path.of(args[0]))) {
        images = files.filter(file -> file.getFileName().toString().startsWith("exfat")).toList();
      }
      for (Path image : images.stream().sorted().toList()) {
        CountingDevice device = new CountingDevice(FileDevice.open(image, HostOpen.reading()));
        out.println(image.getFileName() + walk(device));
        if (device.sectorsRead() > MAX_SECTORS_READ) {
          throw new AssertionError(image + ": " + device.sectorsRead() + " sectors were read");
        }
      }
    }

    private static String walk(CountingDevice device) throws IOException {
      StringBuilder line = new StringBuilder();
      try (var volume = new ExFatDriver().mount(device, MountOptions.DEFAULT.withReadOnly(true))) {
        line.append(' ').append(volume.label().orElse("-"));
        volume.warnings().forEach(warning -> line.append(" [").append(warning).append(']'));
        Map<String, Node> tree = new TreeMap<>(Walk.tree(volume));
        if (tree.size() > MOST_NAMED) {
          return line.append(' ').append(tree.size()).append(" nodes").toString();
        }
        for (Map.Entry<String, Node> entry : tree.entrySet()) {
          line.append(' ').append(entry.getKey());
          if (!entry.getValue().isDirectory()) {
            try {
              line.append(':').append(Walk.read(volume, entry.getValue()).length);
            } catch (CorruptFileSystemException e) {
              line.append('!').append(e.getReason());
            }
          }
        }
      } catch (CorruptFileSystemException e) {
        line.append(" refused: ").append(e.getReason());
      }
      return line.toString();
    }
  }
}
