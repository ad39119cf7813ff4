package dev.tcplay.nio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All of a tree that two file systems must agree on, as text. */
final class TreePicture {

  /** What was not given a time by a test is later than this. */
  private static final Instant RECENT = Instant.parse("2024-01-01T00:00:00Z");

  private TreePicture() {}

  /** Returns a line for each file and directory, by its path without regard to case. */
  static Map<String, String> of(Path root) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String name = root.relativize(path).toString().toUpperCase(Locale.ROOT);
        lines.put(name, line(path));
      }
    }
    return lines;
  }

  private static String line(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "link to " + Files.readSymbolicLink(path);
    }
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    String flags = flags(path);
    if (attributes.isDirectory()) {
      return "directory " + flags + ", modified " + modified(path);
    }
    byte[] bytes = Files.readAllBytes(path);
    return "%d bytes, hash %08x, %s, modified %s"
        .formatted(attributes.size(), Arrays.hashCode(bytes), flags, modified(path));
  }

  /** Returns a time that a test has given in FAT's steps of two seconds, or that it is recent. */
  static String modified(Path path) throws IOException {
    Instant time = Files.getLastModifiedTime(path).toInstant();
    long seconds = time.getEpochSecond();
    return time.isAfter(RECENT) ? "recent" : Long.toString(seconds - seconds % 2);
  }

  private static String flags(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("dos")) {
      return "--";
    }
    DosFileAttributes attributes = Files.readAttributes(path, DosFileAttributes.class);
    return (attributes.isHidden() ? "h" : "-") + (attributes.isSystem() ? "s" : "-");
  }
}
