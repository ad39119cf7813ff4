package dev.tcplay.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Copies files and whole directories from one file system into one that may be another. Files that
 * are there are replaced, directories merged; no link below what was named is followed on either
 * side: links become links where the target can have them. What goes wrong with a file or directory
 * is told, and the rest goes on.
 */
final class TreeCopier {

  private final FailureLog failures;
  private final CopyLine line;
  private final Path container;
  private final boolean keepsTimes;

  /**
   * Makes a copier.
   *
   * @param keepsTimes whether what is made has the times of what it is copied from
   * @param container the host file that holds the volume, which nothing is copied from
   */
  TreeCopier(FailureLog failures, CopyLine line, Path container, boolean keepsTimes) {
    this.keepsTimes = keepsTimes;
    this.failures = failures;
    this.line = line;
    this.container = container;
  }

  /** Returns whether a path leads to the host file that holds a volume. */
  static boolean isContainer(Path path, Path container) throws IOException {
    return path.getFileSystem().equals(container.getFileSystem())
        && Files.exists(path)
        && Files.exists(container)
        && Files.isSameFile(path, container);
  }

  /**
   * Counts what is to come, if somebody looks.
   *
   * @param options NOFOLLOW_LINKS where a source that is a link becomes a link
   */
  void announce(List<Path> sources, LinkOption... options) throws IOException {
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
      BasicFileAttributes attributes =
          Files.readAttributes(source, BasicFileAttributes.class, options);
      if (counter.visit(source, attributes) && attributes.isDirectory()) {
        // Damage is met again, and told, when it comes to copying.
        Tree.walk(source, FailureLog.silent(), counter);
      }
    }
    line.expect(total[0]);
  }

  /**
   * Copies into a directory, under the source's own name; the entries of what has none, such as a
   * root, are copied instead.
   *
   * @param source what a user named
   * @param attributes of a link itself where it becomes a link, else of what it leads to
   */
  void copyInto(TargetDirectory directory, Path source, BasicFileAttributes attributes) {
    if (!hasName(source)) {
      copyBelow(source, directory);
      return;
    }
    try {
      copy(source, attributes, directory, HostNames.of(source));
    } catch (IOException e) {
      failures.add(e);
    }
  }

  private static boolean hasName(Path path) {
    String name = path.getFileName() == null ? "" : path.getFileName().toString();
    return !name.isEmpty() && !name.equals(".") && !name.equals("..");
  }

  /**
   * Copies into a directory, under a name.
   *
   * @param source what a user named
   * @param attributes of a link itself where it becomes a link, else of what it leads to
   */
  void copy(Path source, BasicFileAttributes attributes, TargetDirectory directory, String name) {
    try {
      check(source, attributes, directory);
      if (attributes.isSymbolicLink()) {
        link(source, directory, name);
      } else if (attributes.isDirectory()) {
        try (TargetDirectory made = enter(source, directory, name)) {
          copyBelow(source, made);
          setTimes(made, attributes);
        }
      } else {
        copyFile(source, attributes, directory, name);
      }
    } catch (IOException e) {
      failures.add(e);
    }
  }

  private void copyBelow(Path source, TargetDirectory top) {
    try (Descent descent = new Descent(top)) {
      Tree.walk(source, failures, descent);
    } catch (IOException e) {
      failures.add(e);
    }
  }

  /** Goes down in the source and in the target at once. */
  private final class Descent implements Tree.Visitor, Closeable {

    private final TargetDirectory top;

    /** The directories below the top, from the innermost. */
    private final Deque<TargetDirectory> entered = new ArrayDeque<>();

    /** What those are copied from. */
    private final Deque<BasicFileAttributes> found = new ArrayDeque<>();

    Descent(TargetDirectory top) {
      this.top = top;
    }

    @Override
    public boolean visit(Path source, BasicFileAttributes attributes) {
      TargetDirectory directory = entered.isEmpty() ? top : entered.peek();
      try {
        check(source, attributes, directory);
        String name = HostNames.of(source);
        if (attributes.isSymbolicLink()) {
          link(source, directory, name);
          return false;
        } else if (attributes.isDirectory()) {
          entered.push(enter(source, directory, name));
          found.push(attributes);
          return true;
        }
        copyFile(source, attributes, directory, name, LinkOption.NOFOLLOW_LINKS);
      } catch (IOException e) {
        failures.add(e);
      }
      return false;
    }

    @Override
    public void leave(Path source) throws IOException {
      try (TargetDirectory made = entered.pop()) {
        setTimes(made, found.pop());
      } catch (IOException e) {
        failures.add(e);
      }
    }

    @Override
    public void close() throws IOException {
      while (!entered.isEmpty()) {
        entered.pop().close();
      }
    }
  }

  /** Behind all that is made in it, which changes the times. */
  private void setTimes(TargetDirectory made, BasicFileAttributes attributes) throws IOException {
    Optional<FileTimes> times = FileTimes.of(attributes, keepsTimes);
    if (times.isPresent()) {
      made.setTimes(times.get());
    }
  }

  private static void check(Path source, BasicFileAttributes attributes, TargetDirectory directory)
      throws IOException {
    if (attributes.isSymbolicLink() && !directory.canLink()) {
      throw new FileSystemException(
          source.toString(), null, "is a symbolic link, which is not followed");
    }
    if (attributes.isOther()) {
      throw new FileSystemException(
          source.toString(), null, "is neither a regular file nor a directory");
    }
  }

  private static void link(Path source, TargetDirectory directory, String name) throws IOException {
    String target = Files.readSymbolicLink(source).toString();
    try {
      directory.link(name, target);
    } catch (IOException e) {
      throw named(e, source, directory, name);
    }
  }

  private static TargetDirectory enter(Path source, TargetDirectory directory, String name)
      throws IOException {
    try {
      return directory.enter(name);
    } catch (IOException e) {
      throw named(e, source, directory, name);
    }
  }

  private void copyFile(
      Path source,
      BasicFileAttributes attributes,
      TargetDirectory directory,
      String name,
      LinkOption... options)
      throws IOException {
    if (isContainer(source, container)) {
      throw new FileSystemException(source.toString(), null, "is the container itself");
    }
    Set<OpenOption> reading = new HashSet<>(List.of(options));
    reading.add(StandardOpenOption.READ);
    try (SeekableByteChannel in = Files.newByteChannel(source, reading)) {
      Optional<FileTimes> times = FileTimes.of(attributes, keepsTimes);
      directory.write(name, in.size(), times, out -> Bytes.copy(in, out, line));
    } catch (IOException e) {
      throw named(e, source, directory, name);
    }
  }

  /** A user knows neither temporary files nor what lies below a directory's handle. */
  private static IOException named(
      IOException failure, Path source, TargetDirectory directory, String name) {
    String target = null;
    try {
      target = directory.path().resolve(name).toString();
    } catch (InvalidPathException e) {
      // The failure says that the host cannot have such a name.
    }
    return Failures.named(failure, source.toString(), target);
  }
}
