package dev.tcplay.cli;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Copies files and whole directories from one file system into one that may be another. Files that
 * are there are replaced, directories merged. Names of the source never lead out of the target, no
 * link is followed on either side, and no two files of one copier become one. What goes wrong with
 * a file or directory is noted, and the rest goes on.
 */
final class TreeCopier {

  private final FirstError errors;
  private final CopyLine line;
  private final Path container;

  /** What was made, by the names that it is stored under. */
  private final Set<Path> made = new HashSet<>();

  /**
   * Makes a copier.
   *
   * @param container the host file that holds the volume, which nothing is copied from or to
   */
  TreeCopier(FirstError errors, CopyLine line, Path container) {
    this.errors = errors;
    this.line = line;
    this.container = container;
  }

  /** Puts something at a path. */
  interface Action {
    void run() throws IOException;
  }

  /** Has a file or directory made, unless an earlier one would be lost by it. */
  void make(Path source, Path target, Action action) throws IOException {
    if (isThere(target) && made.contains(target.toRealPath(LinkOption.NOFOLLOW_LINKS))) {
      throw new FileSystemException(
          source.toString(), target.toString(), "another of these files has this name there");
    }
    action.run();
    made.add(target.toRealPath(LinkOption.NOFOLLOW_LINKS));
  }

  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns whether a path leads to the host file that holds a volume. */
  static boolean isContainer(Path path, Path container) throws IOException {
    return path.getFileSystem().equals(container.getFileSystem())
        && Files.exists(path)
        && Files.exists(container)
        && Files.isSameFile(path, container);
  }

  private void checkOther(Path path) throws IOException {
    if (isContainer(path, container)) {
      throw new FileSystemException(path.toString(), null, "is the container itself");
    }
  }

  /** Counts what is to come, if somebody looks. */
  void announce(List<Path> sources) throws IOException {
    if (!line.isVisible()) {
      return;
    }
    long[] total = new long[1];
    Tree.Visitor counter =
        (path, attributes) -> {
          total[0] += attributes.isRegularFile() ? attributes.size() : 0;
          return true;
        };
    for (Path source : sources) {
      BasicFileAttributes attributes = Files.readAttributes(source, BasicFileAttributes.class);
      if (counter.visit(source, attributes) && attributes.isDirectory()) {
        // Damage is met again, and noted, when it comes to copying.
        Tree.walk(source, new FirstError(), counter);
      }
    }
    line.expect(total[0]);
  }

  /**
   * Copies to a directory that exists, under the source's own name; what has none, such as a root,
   * is merged into the directory.
   *
   * @param attributes the source's
   */
  void copyInto(Path directory, Path source, BasicFileAttributes attributes) {
    if (!hasName(source)) {
      copyBelow(source, directory);
      return;
    }
    try {
      copy(source, attributes, HostNames.resolve(directory, source.getFileName().toString()));
    } catch (IOException e) {
      errors.add(e);
    }
  }

  private static boolean hasName(Path path) {
    String name = path.getFileName() == null ? "" : path.getFileName().toString();
    return !name.isEmpty() && !name.equals(".") && !name.equals("..");
  }

  /**
   * Copies to a path in a directory that exists.
   *
   * @param attributes the source's
   */
  void copy(Path source, BasicFileAttributes attributes, Path target) {
    if (copyOne(source, attributes, target) && attributes.isDirectory()) {
      copyBelow(source, target);
    }
  }

  private void copyBelow(Path source, Path top) {
    try {
      Tree.walk(
          source,
          errors,
          (path, attributes) -> copyBelow(top, source.relativize(path), path, attributes));
    } catch (IOException e) {
      errors.add(e);
    }
  }

  /** Copies to the relative path's place below a directory, name by name. */
  private boolean copyBelow(Path top, Path relative, Path source, BasicFileAttributes attributes) {
    Path target = top;
    try {
      for (Path name : relative) {
        target = HostNames.resolve(target, name.toString());
      }
    } catch (IOException e) {
      errors.add(e);
      return false;
    }
    return copyOne(source, attributes, target);
  }

  /** Copies a file, or makes a directory. */
  private boolean copyOne(Path source, BasicFileAttributes attributes, Path target) {
    try {
      check(source, attributes);
      if (attributes.isDirectory()) {
        make(source, target, () -> makeDirectory(target));
      } else {
        make(source, target, () -> copyFile(source, target));
      }
      return true;
    } catch (IOException e) {
      errors.add(e);
      return false;
    }
  }

  private static void check(Path source, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      throw new FileSystemException(
          source.toString(), null, "is a symbolic link, which is not followed");
    }
    if (attributes.isOther()) {
      throw new FileSystemException(
          source.toString(), null, "is neither a regular file nor a directory");
    }
  }

  private static void makeDirectory(Path target) throws IOException {
    try {
      Files.createDirectory(target);
    } catch (FileAlreadyExistsException e) {
      // A link could lead out of the directory.
      if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  private void copyFile(Path source, Path target) throws IOException {
    checkOther(source);
    checkOther(target);
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(target.toString(), null, "is a directory");
    }
    // The new file takes the place of a link; it is not written to where the link leads.
    try (SeekableByteChannel in = Files.newByteChannel(source);
        PartialFile part = PartialFile.create(target)) {
      Bytes.copy(in, part.channel(), line);
      part.finish(true);
    }
  }
}
