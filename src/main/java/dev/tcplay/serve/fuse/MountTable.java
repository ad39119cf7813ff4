package dev.tcplay.serve.fuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What Linux has mounted, as {@code /proc/self/mountinfo} tells; empty on other systems. The format
 * is that of proc_pid_mountinfo(5).
 */
final class MountTable {

  private static final Path INFO = Path.of("/proc/self/mountinfo");
  private static final int ID = 0;
  private static final int MOUNT_POINT = 4;

  /**
   * One mount.
   *
   * @param id which no other mount has as long as this one can be reached
   * @param type such as {@code fuse.tcplay}
   * @param options those of the file system itself
   */
  record Mount(String id, String type, String options) {

    /** Returns whether this is a mount of ours, of the user with a number. */
    boolean isOurs(int uid) {
      return type.equals("fuse." + FuseMount.TYPE)
          && ("," + options + ",").contains(",user_id=" + uid + ",");
    }
  }

  private MountTable() {}

  /** Returns what is mounted on a directory last, by its path without links. */
  static Optional<Mount> at(Path mountPoint) throws IOException {
    String wanted = escape(mountPoint);
    Optional<Mount> found = Optional.empty();
    for (String[] fields : lines()) {
      int separator = Arrays.asList(fields).indexOf("-");
      if (separator > MOUNT_POINT
          && separator + 3 < fields.length
          && fields[MOUNT_POINT].equals(wanted)) {
        found = Optional.of(new Mount(fields[ID], fields[separator + 1], fields[separator + 3]));
      }
    }
    return found;
  }

  /** Returns whether a mount can be reached yet, on whatever directory. */
  static boolean has(String id) throws IOException {
    return lines().stream().anyMatch(fields -> fields[ID].equals(id));
  }

  private static List<String[]> lines() throws IOException {
    if (!Files.isReadable(INFO)) {
      return List.of();
    }
    // Bytes may be anything in a path; those of others need not be UTF-8.
    return Files.readString(INFO, StandardCharsets.ISO_8859_1)
        .lines()
        .map(line -> line.split(" ", -1))
        .toList();
  }

  /** Returns a path as {@code /proc} has it when its bytes are read as characters. */
  static String bytes(Path path) {
    return new String(
        path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String escape(Path path) {
    return bytes(path)
        .replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }
}
