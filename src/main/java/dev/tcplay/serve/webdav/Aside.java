package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Place;
import dev.tcplay.serve.web.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is replaced by a directory, or is one, beside its name until the other has that: so it can
 * be put back. For one thread.
 */
final class Aside {

  private final Tree tree;
  private final Permits permits;
  private final Path place;
  private final Path aside;

  private Aside(Tree tree, Permits permits, Path place, Path aside) {
    this.tree = tree;
    this.permits = permits;
    this.place = place;
    this.aside = aside;
  }

  /**
   * Frees a name, unless something under it could not be removed afterwards.
   *
   * @param old what has the name
   * @param stays takes what could not be removed
   * @return empty if nothing has the name, or something stays
   */
  static Optional<Aside> set(Tree tree, Permits permits, Place old, Failures stays)
      throws IOException {
    if (!old.exists()) {
      return Optional.empty();
    }
    new TreeWork(tree, stays).checkRemoval(old.path());
    if (!stays.isEmpty()) {
      return Optional.empty();
    }
    Path aside = tree.hidden().beside(old.path());
    try {
      tree.hidden().move(old.path(), aside);
      return Optional.of(new Aside(tree, permits, old.path(), aside));
    } catch (IOException | RuntimeException e) {
      tree.hidden().forget(aside);
      throw e;
    }
  }

  /** Gives it its name again. */
  void putBack() throws IOException {
    try {
      tree.hidden().move(aside, place);
    } finally {
      tree.hidden().forget(aside);
    }
  }

  /** Removes it, with the locks of what was in it. */
  void discard(Failures failures) {
    try {
      permits.locks().removeUnder(place);
      new TreeWork(tree, failures).remove(aside);
    } finally {
      tree.hidden().forget(aside);
    }
  }
}
