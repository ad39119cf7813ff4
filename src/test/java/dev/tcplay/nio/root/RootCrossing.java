package dev.tcplay.nio.root;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies and moves over the mount point, in both directions, come out as between two stores of the
 * host; as a machine may have but one, as in one store, but for what must differ.
 */
final class RootCrossing {

  private interface Transfer {
    Path run(Path source, Path target, CopyOption... options) throws IOException;
  }

  private static final List<String> SOURCES = List.of("text", "void", "full", "missing");
  private static final List<String> TARGETS = List.of("text", "void", "full", "new", "none/new");
  private static final List<List<CopyOption>> OPTIONS =
      List.of(List.of(), List.of(StandardCopyOption.REPLACE_EXISTING));

  private RootCrossing() {}

  static void check(Path app, Path host) throws IOException {
    for (String source : SOURCES) {
      for (String target : TARGETS) {
        for (List<CopyOption> options : OPTIONS) {
          CopyOption[] all = options.toArray(CopyOption[]::new);
          compare(app, host, source, target, Files::copy, all);
          if (!source.equals("full")) {
            compare(app, host, source, target, Files::move, all);
          }
        }
      }
    }
    fullDirectoryStays(app, host);
    fullDirectoryStays(host, app);
  }

  private static void compare(
      Path app, Path host, String source, String target, Transfer transfer, CopyOption... options)
      throws IOException {
    String expected = outcome(host, host, source, target, transfer, options);
    String what = source + " to " + target + " " + List.of(options);
    assertEquals(expected, outcome(host, app, source, target, transfer, options), "in: " + what);
    assertEquals(expected, outcome(app, host, source, target, transfer, options), "out: " + what);
  }

  /** Returns what came of a transfer, and what is there afterwards. */
  private static String outcome(
      Path from, Path to, String source, String target, Transfer transfer, CopyOption... options)
      throws IOException {
    Path left = tree(from.resolve("from"));
    Path right = tree(to.resolve("to"));
    String result;
    try {
      transfer.run(left.resolve(source), right.resolve(target), options);
      result = "done";
    } catch (FileSystemException e) {
      String file = e.getFile().replace(left.toString(), "from").replace(right.toString(), "to");
      // For a move to a folder that is missing the host names the source first.
      result = e.getClass().getSimpleName() + (target.contains("/") ? "" : " " + file);
    }
    result += picture(left) + picture(right);
    remove(left);
    remove(right);
    return result;
  }

  private static void fullDirectoryStays(Path from, Path to) throws IOException {
    CopyOption[] atomic = {StandardCopyOption.ATOMIC_MOVE};
    String moved = outcome(from, to, "full", "new", Files::move);
    String expected = outcome(from, from, "missing", "new", (source, target, none) -> source);
    assertEquals(expected.replaceFirst("done", "DirectoryNotEmptyException from/full"), moved);
    assertEquals(
        expected.replaceFirst(
            "done", AtomicMoveNotSupportedException.class.getSimpleName() + " from/text"),
        outcome(from, to, "text", "new", (a, b, none) -> Files.move(a, b, atomic)));
  }

  private static Path tree(Path root) throws IOException {
    Files.createDirectories(root.resolve("void"));
    Files.createDirectories(root.resolve("full"));
    Files.writeString(root.resolve("full/x"), "x");
    Files.writeString(root.resolve("text"), root.getFileName().toString());
    return root;
  }

  private static String picture(Path root) throws IOException {
    StringBuilder picture = new StringBuilder();
    for (Path path : walk(root)) {
      picture.append(' ').append(root.relativize(path));
      if (Files.isRegularFile(path)) {
        picture.append('=').append(Files.readString(path));
      }
    }
    return picture.toString();
  }

  private static void remove(Path root) throws IOException {
    List<Path> paths = walk(root);
    for (int i = paths.size() - 1; i >= 0; i--) {
      Files.delete(paths.get(i));
    }
  }

  private static List<Path> walk(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.sorted().toList();
    }
  }
}
