package dev.tcplay.serve.web;

import dev.tcplay.serve.ServedTree;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A directory and what is in it, which no name and no symbolic link leads out of. Safe for several
 * threads.
 */
public final class Tree {

  /** What is done with each entry of a directory. */
  public interface Visitor {

    /** Takes an entry. */
    void visit(Place entry) throws IOException;

    /** Takes an entry of which the file system only tells that it is there, and why no more. */
    void failed(Path entry, IOException failure) throws IOException;
  }

  private final Path root;
  private final boolean readOnly;
  private final EntityTags tags = new EntityTags();

  private final HiddenFiles hidden = new HiddenFiles();

  /**
   * Takes the root of a tree.
   *
   * @throws NotDirectoryException if it is no directory
   */
  Tree(Path root) throws IOException {
    this.root = ServedTree.root(root);
    this.readOnly = ServedTree.isReadOnly(this.root);
  }

  /** Tells whether nothing in it can be changed. */
  public boolean isReadOnly() {
    return readOnly;
  }

  /** Returns the root. */
  public Path root() {
    return root;
  }

  /** Returns the tags of the files' contents. */
  public EntityTags tags() {
    return tags;
  }

  /** Returns the files in the making, which nobody finds here. */
  public HiddenFiles hidden() {
    return hidden;
  }

  /** Returns the names that lead to a path below the root. */
  public List<String> names(Path path) {
    List<String> names = new ArrayList<>();
    if (!path.equals(root)) {
      root.relativize(path).forEach(name -> names.add(name.toString()));
    }
    return names;
  }

  /**
   * Looks for what a path leads to. What lies behind links outside of the tree does not exist.
   *
   * @throws HttpFailure if a name is none in this file system
   */
  public Place find(RequestPath path) throws IOException {
    Path wanted = root;
    for (String name : path.names()) {
      wanted = child(wanted, name);
    }
    return find(wanted);
  }

  /** Looks for what is under a path below the root. */
  public Place find(Path wanted) throws IOException {
    return hidden.look(() -> look(wanted));
  }

  private Place look(Path wanted) throws IOException {
    Path above = wanted.getParent();
    if (above == null || wanted.equals(root)) {
      return new Place(root, root, Optional.of(attributes(root)), true);
    }
    Path parent;
    try {
      parent = above.toRealPath();
    } catch (FileSystemException e) {
      requireMissing(above, e);
      return nothing(wanted, false);
    }
    Path own = parent.resolve(wanted.getFileName());
    if (!parent.startsWith(root) || hidden.has(own)) {
      return nothing(wanted, false);
    }
    try {
      Path real = own.toRealPath();
      if (real.startsWith(root) && !hidden.has(real)) {
        BasicFileAttributes found = attributes(real);
        if (found.isRegularFile() || found.isDirectory()) {
          return new Place(own, real, Optional.of(found), true);
        }
      }
      return nothing(own, false);
    } catch (FileSystemException e) {
      requireMissing(own, e);
      boolean link = Files.exists(own, LinkOption.NOFOLLOW_LINKS);
      return nothing(own, !link && attributes(parent).isDirectory());
    }
  }

  /** Throws the failure of looking for a path unless it says that there is nothing. */
  private static void requireMissing(Path path, FileSystemException failure)
      throws FileSystemException {
    boolean isMissing =
        failure instanceof NoSuchFileException
            || failure instanceof NotDirectoryException
            || failure instanceof FileSystemLoopException
            || ServedTree.isBelowFile(path);
    if (!isMissing) {
      throw failure;
    }
  }

  /** Gives each entry of a directory that clients may see, in no order. */
  public void list(Path directory, Visitor visitor) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        visit(entry, visitor);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** What nobody can reach, such as a link in circles, is not there. */
  private void visit(Path entry, Visitor visitor) throws IOException {
    Place place;
    try {
      place = find(entry);
    } catch (IOException e) {
      if (Statuses.of(e) >= 500) {
        visitor.failed(entry, e);
      }
      return;
    }
    if (place.exists()) {
      visitor.visit(place);
    }
  }

  private static Place nothing(Path path, boolean inDirectory) {
    return new Place(path, path, Optional.empty(), inDirectory);
  }

  private static BasicFileAttributes attributes(Path real) throws IOException {
    return Files.readAttributes(real, BasicFileAttributes.class);
  }

  private static Path child(Path directory, String name) throws HttpFailure {
    try {
      return ServedTree.child(directory, name)
          .orElseThrow(() -> new HttpFailure(400, "More than a name"));
    } catch (InvalidPathException e) {
      throw new HttpFailure(400, "The file system has no such names");
    }
  }
}
