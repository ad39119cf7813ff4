package dev.tcplay.nio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Makes the same links in two directory trees, and looks at them. */
final class PairedLinks {

  private final PairedTrees trees;
  private final Random random;

  PairedLinks(PairedTrees trees, Random random) {
    this.trees = trees;
    this.random = random;
  }

  /** Does something with links: makes one to a file that may be there, or looks at one. */
  void step() throws IOException {
    String path = trees.anyPath();
    String other = trees.anyPath();
    switch (random.nextInt(5)) {
      case 0 ->
          trees.both(
              "link " + path + " to " + other,
              root -> {
                if (Files.isDirectory(root.resolve(other))) {
                  // The model would walk in circles.
                  return "a directory";
                }
                Files.createSymbolicLink(root.resolve(path), root.resolve(other));
                return "made";
              });
      case 1 ->
          trees.both(
              "name " + other + " also " + path,
              root -> {
                // What the model makes of a directory, or of a link, is not what Linux makes of it.
                if (Files.isRegularFile(root.resolve(other), LinkOption.NOFOLLOW_LINKS)) {
                  Files.createLink(root.resolve(path), root.resolve(other));
                }
                return "made";
              });
      case 2 ->
          trees.both(
              "read link " + path,
              root -> {
                Path target = Files.readSymbolicLink(root.resolve(path));
                return root.relativize(target);
              });
      case 3 ->
          trees.both(
              "are " + path + " and " + other + " the same",
              root ->
                  // The model has no exception for what is missing.
                  Files.exists(root.resolve(path))
                      && Files.exists(root.resolve(other))
                      && Files.isSameFile(root.resolve(path), root.resolve(other)));
      default ->
          trees.both(
              "look at the link " + path,
              root ->
                  List.of(
                      Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS),
                      Files.isSymbolicLink(root.resolve(path))));
    }
  }
}
