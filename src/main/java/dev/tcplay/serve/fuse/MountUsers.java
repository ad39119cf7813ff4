package dev.tcplay.serve.fuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Programs that have files of a mount open or stand in it, as far as we may see them. */
final class MountUsers {

  private static final int MOST = 5;
  private static final Path PROCESSES = Path.of("/proc");

  private MountUsers() {}

  /**
   * Returns names and numbers of some of them, such as {@code vim (1234)}; empty if none is seen.
   */
  static String of(Path mountPoint) {
    List<String> found = new ArrayList<>();
    for (Path process : list(PROCESSES, name -> name.chars().allMatch(Character::isDigit))) {
      if (uses(process, mountPoint)) {
        if (found.size() == MOST) {
          return String.join(", ", found) + " and others";
        }
        found.add(name(process) + " (" + process.getFileName() + ")");
      }
    }
    return String.join(", ", found);
  }

  private static boolean uses(Path process, Path mountPoint) {
    List<Path> links = list(process.resolve("fd"), name -> true);
    links.add(process.resolve("cwd"));
    links.add(process.resolve("root"));
    links.add(process.resolve("exe"));
    return links.stream().anyMatch(link -> leadsInto(link, mountPoint))
        || maps(process.resolve("maps"), mountPoint);
  }

  /** Returns whether a program has a file in its memory, which it may have closed since. */
  private static boolean maps(Path maps, Path mountPoint) {
    try {
      return Files.readString(maps, StandardCharsets.ISO_8859_1)
          .contains(MountTable.bytes(mountPoint) + "/");
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean leadsInto(Path link, Path mountPoint) {
    try {
      // The link's text alone: the mount itself is asked nothing.
      return Files.readSymbolicLink(link).startsWith(mountPoint);
    } catch (IOException e) {
      // It has ended, or belongs to somebody else.
      return false;
    }
  }

  private static String name(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip();
    } catch (IOException e) {
      return "a program that has ended";
    }
  }

  private static List<Path> list(Path directory, Predicate<String> names) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            directory, entry -> names.test(String.valueOf(entry.getFileName())))) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      // No such system, not ours to see, or a process that has ended.
      return found;
    }
    return found;
  }
}
