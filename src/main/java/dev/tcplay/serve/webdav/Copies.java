package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Place;
import dev.tcplay.serve.web.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * COPY. What is there already is replaced when all is copied, beside it: so it stays whatever comes
 * between, and who uses it meanwhile uses it to the end.
 *
 * @param tree the tree
 * @param permits who may do so
 * @param dead properties that go with files
 * @param ends from where to where
 */
record Copies(Tree tree, Permits permits, DeadProperties dead, Endpoints ends) {

  /** Answers COPY. */
  void copy(Exchange exchange) throws IOException {
    boolean deep = Endpoints.depth(exchange, true);
    Place from;
    Place to;
    synchronized (permits) {
      from = ends.source(exchange);
      to = ends.destination(exchange, from);
    }
    Failures failures = new Failures();
    if (to.exists() && (from.isDirectory() || to.isDirectory())) {
      // So that nothing is copied in vain; it is looked for again.
      new TreeWork(tree, failures).checkRemoval(to.path());
    }
    if (failures.isEmpty()) {
      if (!from.isDirectory()) {
        copyFile(exchange, from, to, failures);
      } else if (to.exists()) {
        replaceByTree(exchange, from, to, deep, failures);
      } else {
        new TreeWork(tree, failures).copy(from, to.path(), deep, exchange::isCutOff);
        if (!failures.has(to.path())) {
          copyProperties(from, to);
        }
      }
    }
    if (failures.isEmpty()) {
      exchange.answer(to.exists() ? 204 : 201);
    } else {
      failures.answer(exchange, tree, to.path());
    }
  }

  /** Not everything need have been copied. */
  private void copyProperties(Place from, Place to) {
    dead.copy(from.real(), to.path());
    dead.removeGone(to.path());
  }

  private void copyFile(Exchange exchange, Place from, Place to, Failures failures)
      throws IOException {
    try (Replacement replacement = begin(to)) {
      Files.copy(
          from.real(),
          replacement.path(),
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING);
      put(exchange, from, replacement.path(), to, failures);
    }
  }

  private Replacement begin(Place to) throws IOException {
    synchronized (permits) {
      return new Replacement(tree, to.path());
    }
  }

  private void replaceByTree(
      Exchange exchange, Place from, Place to, boolean deep, Failures failures) throws IOException {
    Path copy = tree.hidden().beside(to.path());
    try {
      new TreeWork(tree, failures).copy(from, copy, deep, exchange::isCutOff);
      failures.show(copy, to.path());
      if (failures.isEmpty()) {
        put(exchange, from, copy, to, failures);
      }
    } finally {
      new TreeWork(tree, failures).removeHidden(copy);
    }
  }

  /** Gives a copy its name, if nothing speaks against that by now. */
  private void put(Exchange exchange, Place from, Path copy, Place to, Failures failures)
      throws IOException {
    Optional<Aside> old;
    synchronized (permits) {
      // Others may have locked, made or moved it meanwhile.
      Place now = ends.destination(exchange, from);
      if (!now.path().equals(to.path())) {
        throw new HttpFailure(409, "Its directory was moved meanwhile");
      }
      old = Aside.replace(tree, permits, copy, now, failures);
      if (failures.isEmpty()) {
        tree.tags().changed(to.path());
        dead.removeUnder(to.path());
        copyProperties(from, to);
      }
    }
    old.ifPresent(aside -> aside.discard(failures));
  }
}
