package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Place;
import dev.tcplay.serve.web.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What was replaced by a directory, or was one, hidden beside its name until it is removed. For one
 * thread.
 */
final class Aside {

  private final Tree tree;
  private final Path path;

  private Aside(Tree tree, Path path) {
    this.tree = tree;
    this.path = path;
  }

  /**
   * Moves a file or directory to a name that another may have, as one change for who looks. An old
   * directory goes with the locks in it, or stays if something in it could not be removed
   * afterwards. The caller holds the monitor of the permits.
   *
   * @param from what gets the name, seen or hidden
   * @param old what has the name
   * @param stays takes what could not be removed; nothing is moved then
   * @return what is to be discarded; empty if there is no such
   */
  static Optional<Aside> replace(Tree tree, Permits permits, Path from, Place old, Failures stays)
      throws IOException {
    boolean directory = old.isDirectory() || Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS);
    if (!old.exists() || !directory) {
      tree.hidden().move(from, old.path());
      return Optional.empty();
    }
    new TreeWork(tree, stays).checkRemoval(old.path());
    if (!stays.isEmpty()) {
      return Optional.empty();
    }
    Path aside = tree.hidden().beside(old.path());
    boolean done = false;
    try {
      tree.hidden().asOne(() -> exchange(tree, from, old.path(), aside));
      permits.locks().removeUnder(old.path());
      done = true;
      return Optional.of(new Aside(tree, aside));
    } finally {
      if (!done) {
        tree.hidden().forget(aside);
      }
    }
  }

  private static void exchange(Tree tree, Path from, Path place, Path aside) throws IOException {
    tree.hidden().move(place, aside);
    boolean done = false;
    try {
      tree.hidden().move(from, place);
      done = true;
    } finally {
      if (!done) {
        tree.hidden().move(aside, place);
      }
    }
  }

  /** Removes it. */
  void discard(Failures failures) {
    new TreeWork(tree, failures).removeHidden(path);
  }
}
