package dev.tcplay.nio;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Listing directories gives what it gives on the default file system. */
@SuppressWarnings("StreamResourceLeak") // outcomes are compared
class DirectoryOracleTest {

  @TempDir static Path tree;

  private final Oracle oracle = new Oracle();

  @TestFactory
  Stream<DynamicTest> directoriesReadAsOnTheDefaultFileSystem() throws IOException {
    directories();
    return oracle.reading(tree);
  }

  private void directories() {
    for (String name : List.of("", "dir", "void", "missing", "text", "dir/sub dir/..", ".")) {
      oracle.add("list " + name, root -> names(root.resolve(name)));
    }
    oracle.add(
        "walk",
        root -> {
          try (Stream<Path> walk = Files.walk(root)) {
            return walk.map(path -> root.relativize(path).toString())
                .collect(Collectors.toCollection(TreeSet::new));
          }
        });
    oracle.add(
        "find",
        root -> {
          try (Stream<Path> found =
              Files.find(root, 9, (path, attributes) -> attributes.size() == 6)) {
            return found.map(path -> root.relativize(path).toString()).toList();
          }
        });
    oracle.add(
        "glob",
        root -> {
          try (DirectoryStream<Path> stream = Files.newDirectoryStream(root, "{te*,v?id}")) {
            return sorted(stream);
          }
        });
    oracle.add(
        "second iterator",
        root -> {
          try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            return List.of(stream.iterator(), stream.iterator());
          }
        });
    oracle.add(
        "iterator of a closed stream",
        root -> {
          DirectoryStream<Path> stream = Files.newDirectoryStream(root);
          stream.close();
          return stream.iterator();
        });
    oracle.add(
        "iteration after close",
        root -> {
          DirectoryStream<Path> stream = Files.newDirectoryStream(root);
          Iterator<Path> iterator = stream.iterator();
          stream.close();
          stream.close();
          return iterator.hasNext();
        });
    oracle.add(
        "entry read ahead, then close",
        root -> {
          DirectoryStream<Path> stream = Files.newDirectoryStream(root.resolve("dir"));
          Iterator<Path> iterator = stream.iterator();
          boolean ahead = iterator.hasNext();
          stream.close();
          iterator.next();
          return ahead && iterator.hasNext();
        });
    oracle.add(
        "next at the end",
        root -> {
          try (DirectoryStream<Path> stream = Files.newDirectoryStream(root.resolve("void"))) {
            return stream.iterator().next();
          }
        });
    oracle.add(
        "remove by the iterator",
        root -> {
          try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            Iterator<Path> iterator = stream.iterator();
            iterator.next();
            iterator.remove();
            return "removed";
          }
        });
    oracle.add(
        "failing filter",
        root -> {
          try (DirectoryStream<Path> stream =
              Files.newDirectoryStream(
                  root,
                  path -> {
                    throw new IOException("no");
                  })) {
            return stream.iterator().hasNext();
          }
        });
  }

  private static Set<String> names(Path directory) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      return sorted(stream);
    }
  }

  private static Set<String> sorted(DirectoryStream<Path> stream) {
    TreeSet<String> names = new TreeSet<>();
    stream.forEach(path -> names.add(path.getFileName().toString()));
    return names;
  }
}
