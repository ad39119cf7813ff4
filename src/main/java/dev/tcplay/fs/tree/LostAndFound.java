package dev.tcplay.fs.tree;

import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.NodeType;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which a repair keeps what no file owns, and the files that it makes there. For
 * one thread.
 *
 * @param <D> the directories of the driver
 * @param <E> its entries
 * @param <N> its nodes
 */
public final class LostAndFound<
    D extends TreeDirectory<D>, E extends TreeEntry, N extends TreeNode<D, E>> {

  private static final int MOST_FILES = 10_000;

  /**
   * Makes files and directories.
   *
   * @param <D> the directories of the driver
   * @param <N> its nodes
   */
  public interface Maker<D, N> {

    /** Makes an empty one. */
    N make(D directory, String name, NodeType type) throws IOException;
  }

  private final TreeDirectories<D, E, N, ?> directories;
  private final NameRules names;
  private final Maker<D, N> maker;
  private final String path;
  private int number;

  /**
   * Prepares to keep files.
   *
   * @param path the path of the directory
   */
  public LostAndFound(
      TreeDirectories<D, E, N, ?> directories, NameRules names, Maker<D, N> maker, String path) {
    this.directories = directories;
    this.names = names;
    this.maker = maker;
    this.path = path;
  }

  /**
   * Checks that files can be kept, and writes nothing.
   *
   * @throws FileSystemException if the path is not lawful, or leads through a file
   */
  public void check() throws IOException {
    for (String name : path.split("/", -1)) {
      try {
        if (!name.isEmpty()) {
          names.check(name);
        }
      } catch (InvalidPathException e) {
        throw new FileSystemException(path, null, "cannot keep files: " + e.getMessage());
      }
    }
    directory(false);
  }

  /** Returns the directory, made if it is missing. */
  public D directory() throws IOException {
    return Objects.requireNonNull(directory(true));
  }

  /** Returns the directory, null if it is missing and is not to be made. */
  private @Nullable D directory(boolean make) throws IOException {
    D directory = directories.root();
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty()) {
        N node = directories.lookup(directory, name);
        if (node == null && !make) {
          return null;
        }
        node = node == null ? maker.make(directory, name, NodeType.DIRECTORY) : node;
        if (!node.isDirectory()) {
          throw new FileSystemException(node.path(), null, "is no directory, to keep files in");
        }
        directory = directories.enter(node);
      }
    }
    return directory;
  }

  /** Makes an empty file with the next name that is free. */
  public N makeFile(D directory) throws IOException {
    while (directories.lookup(directory, name()) != null) {
      number++;
    }
    if (number >= MOST_FILES) {
      throw new FileSystemException(
          directory.path(), null, "there are %d files of lost clusters".formatted(MOST_FILES));
    }
    N made = maker.make(directory, name(), NodeType.FILE);
    number++;
    return made;
  }

  private String name() {
    return "FSCK%04d.REC".formatted(number);
  }
}
