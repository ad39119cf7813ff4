package dev.tcplay.nio;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks for, lists and walks links finds what the default file system finds. */
class LinksReadingOracleTest {

  private static final List<String> DIRECTORIES =
      List.of("to-dir", "to-void", "dir", "dangling", "loop");

  @TempDir static Path folder;

  private final LinkOracle links = new LinkOracle();

  @TestFactory
  Stream<DynamicTest> linksWorkAsOnTheDefaultFileSystem() throws IOException {
    LinkOracle.PATHS.forEach(this::look);
    walks();
    links.add("a link that asks for a directory", root -> Files.exists(root.resolve("slash")));
    return links.writing(folder);
  }

  private void look(String name) {
    links.add("URI of " + name, root -> root.resolve(name).toUri().toString().endsWith("/"));
    for (LinkOption[] options : List.of(new LinkOption[0], new LinkOption[] {NOFOLLOW_LINKS})) {
      String how = (options.length == 0 ? " followed " : " itself ") + name;
      links.add(
          "attributes" + how,
          root -> {
            BasicFileAttributes attributes =
                Files.readAttributes(root.resolve(name), BasicFileAttributes.class, options);
            return List.of(
                attributes.isDirectory() || attributes.isSymbolicLink() || attributes.size() > 0,
                attributes.isDirectory(),
                attributes.isRegularFile(),
                attributes.isSymbolicLink(),
                attributes.isOther());
          });
      links.add(
          "size by name" + how,
          root ->
              Files.isDirectory(root.resolve(name), options)
                  || name.equals("absolute")
                  || Files.getAttribute(root.resolve(name), "size", options).equals(0L));
      links.add(
          "questions" + how,
          root -> {
            Path path = root.resolve(name);
            return List.of(
                Files.exists(path, options),
                Files.isDirectory(path, options),
                Files.isRegularFile(path, options),
                // A file, and a circle, in the place of a directory are neither here nor there.
                name.endsWith("/x") || name.matches("loop|self") || Files.notExists(path, options));
          });
      if (options.length == 0 || !name.equals("to-sub/../../text")) {
        // The JDK takes the second .. for one that leads back from the first.
        links.add(
            "real path" + how,
            root -> root.toRealPath().relativize(root.resolve(name).toRealPath(options)));
      }
      if (DIRECTORIES.contains(name)) {
        links.add(
            "real path of .. " + how,
            root ->
                root.toRealPath().relativize(root.resolve(name).resolve("..").toRealPath(options)));
      }
    }
    links.add("is symbolic link " + name, root -> Files.isSymbolicLink(root.resolve(name)));
    links.add(
        "read link " + name,
        root -> {
          Path target = Files.readSymbolicLink(root.resolve(name));
          return target.isAbsolute() ? root.relativize(target) : target;
        });
    links.add("list " + name, root -> list(root.resolve(name)));
    links.add("file store " + name, root -> Files.getFileStore(root.resolve(name)) != null);
    for (String other : List.of("text", "to-text", "dir/data.bin", "dangling", "hard")) {
      links.add(
          "same file " + name + ", " + other,
          root -> Files.isSameFile(root.resolve(name), root.resolve(other)));
    }
    links.add(
        "access " + name,
        root -> {
          root.getFileSystem()
              .provider()
              .checkAccess(root.resolve(name), AccessMode.READ, AccessMode.WRITE);
          return "granted";
        });
  }

  private static List<String> list(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(path -> names.add(directory.relativize(path).toString()));
    }
    Collections.sort(names);
    return names;
  }

  private void walks() {
    for (Set<FileVisitOption> options :
        List.of(EnumSet.noneOf(FileVisitOption.class), EnumSet.of(FileVisitOption.FOLLOW_LINKS))) {
      for (String name : List.of("", "to-dir", "to-text", "dangling", "loop")) {
        links.add("walk " + name + " " + options, root -> walk(root, root.resolve(name), options));
      }
    }
  }

  private static List<String> walk(Path root, Path start, Set<FileVisitOption> options)
      throws IOException {
    List<String> seen = new ArrayList<>();
    Files.walkFileTree(
        start,
        options,
        9,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            seen.add("directory " + root.relativize(path));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            seen.add(root.relativize(path) + " " + attributes.isSymbolicLink());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) {
            seen.add("failed " + root.relativize(path) + " " + e.getClass().getSimpleName());
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(seen);
    return seen;
  }
}
