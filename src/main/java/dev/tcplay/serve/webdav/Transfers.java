package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Place;
import dev.tcplay.serve.web.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * DELETE and MOVE.
 *
 * @param tree the tree
 * @param permits who may do so
 * @param dead properties that go with files
 * @param ends from where to where
 */
record Transfers(Tree tree, Permits permits, DeadProperties dead, Endpoints ends) {

  /** Answers DELETE, of a file, or of a directory and all that is in it. */
  void delete(Exchange exchange) throws IOException {
    if (!Endpoints.depth(exchange, false)) {
      throw new HttpFailure(400, "A directory is deleted with what is in it");
    }
    Place place;
    synchronized (permits) {
      place = ends.source(exchange);
      permits.checkName(exchange, place);
    }
    Failures failures = new Failures();
    new TreeWork(tree, failures).remove(place.path());
    forget(place.path());
    if (failures.isEmpty()) {
      exchange.answer(204);
    } else {
      failures.answer(exchange, tree, place.path());
    }
  }

  /** Answers MOVE, which is one change for others; a directory that it replaces is removed then. */
  void move(Exchange exchange) throws IOException {
    if (!Endpoints.depth(exchange, true)) {
      throw new HttpFailure(400, "A directory is moved with what is in it");
    }
    Place to;
    Failures failures = new Failures();
    Optional<Aside> old = Optional.empty();
    synchronized (permits) {
      Place from = ends.source(exchange);
      to = ends.destination(exchange, from);
      permits.checkName(exchange, from);
      if (Endpoints.isRespelled(from, to)) {
        respell(from.path(), to.path());
        exchange.answer(201);
        return;
      }
      old = Aside.replace(tree, permits, from.path(), to, failures);
      if (failures.isEmpty()) {
        tree.tags().changed(to.path());
        dead.removeUnder(to.path());
        dead.copy(from.real(), to.path());
        forget(from.path());
      }
    }
    old.ifPresent(aside -> aside.discard(failures));
    if (failures.isEmpty()) {
      exchange.answer(to.exists() ? 204 : 201);
    } else {
      failures.answer(exchange, tree, to.path());
    }
  }

  /** Renames a file by way of a third name, since to file systems both are the same. */
  private void respell(Path from, Path to) throws IOException {
    Path between = tree.hidden().beside(to);
    try {
      tree.hidden()
          .asOne(
              () -> {
                Files.move(from, between);
                try {
                  Files.move(between, to);
                } catch (IOException | RuntimeException e) {
                  Files.move(between, from);
                  throw e;
                }
              });
    } finally {
      tree.hidden().forget(between);
    }
  }

  private void forget(Path gone) {
    permits.locks().removeGone(gone);
    dead.removeGone(gone);
  }
}
