package dev.tcplay.fs.tree;

import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenDirectory;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** A directory by what is known of it while the volume is mounted, wherever it moves. */
record DirectoryHandle<D extends TreeDirectory<D>>(
    TreeDirectories<D, ?, ?, ?> directories, D directory) implements OpenDirectory {

  @Override
  public Node node() throws IOException {
    while (true) {
      D parent = directory.parent();
      if (parent == null) {
        return directories.rootNode();
      }
      String name = directory.name();
      Node node = directories.lookup(parent, name);
      if (node != null && node.id() == directory.id()) {
        return node;
      }
      checkThere();
      if (parent == directory.parent() && name.equals(directory.name())) {
        // Nobody moved it while we looked: a damaged volume, or one that failed half-way.
        throw gone();
      }
    }
  }

  @Override
  public @Nullable Node lookup(String name) throws IOException {
    checkThere();
    return directories.lookup(directory, name);
  }

  @Override
  public DirectoryCursor list() throws IOException {
    checkThere();
    return directories.list(directory);
  }

  private void checkThere() throws NoSuchFileException {
    if (directory.isRemoved()) {
      throw gone();
    }
  }

  private NoSuchFileException gone() {
    return new NoSuchFileException(directory.path());
  }

  @Override
  public void close() {}
}
