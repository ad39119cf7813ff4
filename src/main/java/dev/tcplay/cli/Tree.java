package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** Walks a tree of a volume that may be damaged. */
final class Tree {

  /** Is shown the files and directories of a tree. */
  interface Visitor {

    /**
     * Visits a file or directory.
     *
     * @return whether to go into the directory
     * @throws IOException to end the walk
     */
    boolean visit(Path path, BasicFileAttributes attributes) throws IOException;

    /**
     * Leaves a directory that was gone into, behind its last entry.
     *
     * @throws IOException to end the walk
     */
    default void leave(Path directory) throws IOException {}
  }

  private static final Comparator<Path> BY_NAME =
      Comparator.comparing(path -> path.getFileName().toString(), Names.UTF_8_ORDER);

  /**
   * A directory that the walk is in.
   *
   * @param entries those still to come
   */
  private record Level(Path directory, Iterator<Path> entries) {}

  private Tree() {}

  /**
   * Returns the path inside the volume that a user names, with or without a leading slash.
   *
   * @throws NoSuchFileException if no volume of this kind can hold such a name
   */
  static Path find(FileSystem volume, String path) throws NoSuchFileException {
    try {
      return volume.getPath("/").resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw new NoSuchFileException(path, null, e.getReason());
    }
  }

  /** Returns the attributes of a path inside the volume. */
  static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Visits what is below a directory, a directory before its entries, entries in the order of their
   * names. What cannot be read is told and left out.
   *
   * @throws IOException if the visitor throws it
   */
  static void walk(Path directory, FailureLog failures, Visitor visitor) throws IOException {
    // Not by recursion: the depth of the tree is the volume's choice.
    Deque<Level> open = new ArrayDeque<>();
    open.push(new Level(directory, entries(directory, failures)));
    while (!open.isEmpty()) {
      RunningCommand.check();
      if (!open.peek().entries().hasNext()) {
        Path done = open.pop().directory();
        if (!open.isEmpty()) {
          visitor.leave(done);
        }
        continue;
      }
      Path path = open.peek().entries().next();
      BasicFileAttributes attributes;
      try {
        attributes = attributes(path);
      } catch (IOException e) {
        failures.add(e);
        continue;
      }
      if (visitor.visit(path, attributes) && attributes.isDirectory()) {
        open.push(new Level(path, entries(path, failures)));
      }
    }
  }

  /** Returns the entries before the damage, if there is any. */
  private static Iterator<Path> entries(Path directory, FailureLog failures) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      failures.add(Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      failures.add(e);
    }
    entries.sort(BY_NAME);
    return entries.iterator();
  }
}
