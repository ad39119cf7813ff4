package dev.tcplay.serve.fuse;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Who runs this program, by the numbers of the kernel. */
final class Owner {

  private static final Path PROCESS = Path.of("/proc/self");

  private Owner() {}

  static int uid(OptionalInt said) throws IOException {
    return said.isPresent() ? said.getAsInt() : own("unix:uid");
  }

  static int gid(OptionalInt said) throws IOException {
    return said.isPresent() ? said.getAsInt() : own("unix:gid");
  }

  /** Returns a number of the process, or, where there is no {@code /proc}, of its new files. */
  private static int own(String attribute) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
      return 0;
    }
    if (Files.exists(PROCESS)) {
      return (Integer) Files.getAttribute(PROCESS, attribute);
    }
    Path file = Files.createTempFile("tcplay", ".owner");
    try {
      return (Integer) Files.getAttribute(file, attribute);
    } finally {
      Files.delete(file);
    }
  }
}
