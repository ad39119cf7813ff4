package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Place;
import dev.tcplay.serve.web.RequestPath;
import dev.tcplay.serve.web.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * DELETE, COPY and MOVE.
 *
 * @param tree the tree
 * @param permits who may do so
 * @param dead properties that go with files
 */
record Transfers(Tree tree, Permits permits, DeadProperties dead) {

  /** Answers DELETE, of a file, or of a directory and all that is in it. */
  void delete(Exchange exchange) throws IOException {
    if (!depth(exchange, false)) {
      throw new HttpFailure(400, "A directory is deleted with what is in it");
    }
    Place place;
    synchronized (permits) {
      place = source(exchange);
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

  /** Answers COPY. */
  void copy(Exchange exchange) throws IOException {
    boolean deep = depth(exchange, true);
    Place from;
    Place to;
    Optional<Aside> aside = Optional.empty();
    Failures failures = new Failures();
    synchronized (permits) {
      from = source(exchange);
      to = destination(exchange, from);
      if (from.isDirectory() || to.isDirectory()) {
        aside = Aside.set(tree, permits, to, failures);
      }
    }
    if (!failures.isEmpty()) {
      failures.answer(exchange, tree, to.path());
      return;
    }
    TreeWork work = new TreeWork(tree, failures);
    if (from.isDirectory()) {
      work.copy(from, to.path(), deep);
    } else {
      copyFile(exchange, from, to, failures);
    }
    boolean failed = from.isDirectory() ? !Files.exists(to.path()) : !failures.isEmpty();
    if (aside.isPresent() && failed) {
      aside.get().putBack();
    } else if (aside.isPresent()) {
      aside.get().discard(failures);
    }
    if (!failed) {
      dead.removeUnder(to.path());
      dead.copy(from.real(), to.path());
    }
    if (failures.isEmpty()) {
      exchange.answer(to.exists() ? 204 : 201);
    } else {
      failures.answer(exchange, tree, to.path());
    }
  }

  /** Answers MOVE: one change for others, unless a directory is replaced. */
  void move(Exchange exchange) throws IOException {
    if (!depth(exchange, true)) {
      throw new HttpFailure(400, "A directory is moved with what is in it");
    }
    synchronized (permits) {
      Place from = source(exchange);
      Place to = destination(exchange, from);
      permits.checkName(exchange, from);
      if (isRespelled(from, to)) {
        respell(from.path(), to.path());
        exchange.answer(201);
        return;
      }
      Optional<Aside> aside = Optional.empty();
      Failures failures = new Failures();
      if (from.isDirectory() || to.isDirectory()) {
        aside = Aside.set(tree, permits, to, failures);
        if (!failures.isEmpty()) {
          failures.answer(exchange, tree, to.path());
          return;
        }
      }
      try {
        tree.hidden().move(from.path(), to.path());
      } catch (IOException | RuntimeException e) {
        if (aside.isPresent()) {
          aside.get().putBack();
        }
        throw e;
      }
      tree.tags().changed(to.path());
      dead.removeUnder(to.path());
      dead.copy(from.real(), to.path());
      forget(from.path());
      if (aside.isPresent()) {
        aside.get().discard(failures);
      }
      if (failures.isEmpty()) {
        exchange.answer(to.exists() ? 204 : 201);
      } else {
        failures.answer(exchange, tree, to.path());
      }
    }
  }

  private void copyFile(Exchange exchange, Place from, Place to, Failures failures)
      throws IOException {
    try (Replacement replacement = begin(to)) {
      Files.copy(
          from.real(),
          replacement.path(),
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING);
      synchronized (permits) {
        // Others may have locked or made it meanwhile.
        if (!destination(exchange, from).path().equals(to.path())) {
          throw new HttpFailure(409, "Its directory was moved meanwhile");
        }
        replacement.putInPlace();
      }
    } catch (IOException | RuntimeException e) {
      failures.add(to.path(), e);
    }
  }

  private Replacement begin(Place to) throws IOException {
    synchronized (permits) {
      return new Replacement(tree, to.path());
    }
  }

  private Place source(Exchange exchange) throws IOException {
    Place place = tree.find(exchange.path());
    place.known();
    if (exchange.path().directory() && !place.isDirectory()) {
      throw new HttpFailure(404, "A file is no directory");
    }
    permits.checkConditions(exchange, place);
    if (place.path().equals(tree.root()) && !exchange.method().equals("COPY")) {
      throw new HttpFailure(403, "The root stays");
    }
    return place;
  }

  /** Returns where to, after all that speaks against it. */
  private Place destination(Exchange exchange, Place from) throws IOException {
    RequestPath path =
        exchange.local(
            exchange
                .header("Destination")
                .orElseThrow(() -> new HttpFailure(400, "No Destination")));
    String overwrite = exchange.header("Overwrite").orElse("T").strip();
    if (!overwrite.equalsIgnoreCase("T") && !overwrite.equalsIgnoreCase("F")) {
      throw new HttpFailure(400, "Overwrite is T or F");
    }
    Place to = tree.find(path);
    boolean same = to.exists() && to.real().equals(from.real());
    boolean respelled = exchange.method().equals("MOVE") && isRespelled(from, to);
    if ((same && !respelled) || to.path().equals(tree.root())) {
      throw new HttpFailure(403, "Onto itself, or the root");
    }
    if (!same && (to.path().startsWith(from.real()) || from.real().startsWith(to.path()))) {
      throw new HttpFailure(403, "One is in the other");
    }
    if (!to.exists() && !to.inDirectory()) {
      throw new HttpFailure(409, "No directory for it");
    }
    if (to.exists() && !respelled && overwrite.equalsIgnoreCase("F")) {
      throw new HttpFailure(412, "It exists");
    }
    boolean isLink = !to.path().equals(to.real());
    if (to.exists() && !isLink && !to.isDirectory() && !from.isDirectory()) {
      permits.checkContents(exchange, to.real());
    } else {
      permits.checkName(exchange, to);
    }
    return to;
  }

  /** Tells whether one file is meant, by another spelling, such as other capital letters. */
  private static boolean isRespelled(Place from, Place to) {
    return from.path().equals(to.path()) && !from.path().toString().equals(to.path().toString());
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

  /** Returns whether what is in a directory is meant, too. */
  private static boolean depth(Exchange exchange, boolean zero) throws HttpFailure {
    String depth = exchange.header("Depth").orElse("infinity");
    boolean deep = depth.equalsIgnoreCase("infinity");
    if (!deep && !(zero && depth.equals("0"))) {
      throw new HttpFailure(400, "Depth is infinity, or for a copy 0");
    }
    return deep;
  }
}
