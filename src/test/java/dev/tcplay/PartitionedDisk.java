package dev.tcplay;

import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.testing.DiskTools;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A disk with two partitions besides an extended one, made by the tools of others. */
abstract class PartitionedDisk {

  static final int MIB = 1 << 20;
  static final int SIZE = 48 * MIB;
  static final int FIRST = MIB;
  static final int SECOND = 20 * MIB;
  static final int LENGTH = 16 * MIB;

  @TempDir Path folder;

  /** Two partitions, of which one or both have a FAT volume. */
  Path disk(boolean first, boolean second) throws Exception {
    Path image =
        DiskTools.sfdisk(
            folder.resolve("disk.img"),
            SIZE,
            "label: dos",
            "start=2048, size=32768, type=e",
            "start=38912, size=57344, type=5",
            "start=40960, size=32768, type=6");
    if (first) {
      DiskTools.fat(image, FIRST, LENGTH, 16, "one");
    }
    if (second) {
      DiskTools.fat(image, SECOND, LENGTH, 12, "two");
    }
    return image;
  }

  static ContainerOpener plain(Path image) {
    return Tcplay.open(image).format("plain").readOnly(true);
  }

  static String text(ContainerOpener opener) throws IOException {
    try (FileSystem volume = opener.mount()) {
      return Files.readString(volume.getPath("/A.TXT"));
    }
  }

  static VolumeAttributes facts(FileSystem volume) throws IOException {
    return Files.readAttributes(volume.getPath("/"), VolumeAttributes.class);
  }
}
