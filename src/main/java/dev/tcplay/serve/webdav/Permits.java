package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Conditions;
import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Place;
import dev.tcplay.serve.web.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request may do what it wants, as far as its conditions and the locks of others go. Safe
 * for several threads; who holds this object's monitor knows that nobody locks meanwhile.
 *
 * @param tree the tree
 * @param locks its locks
 */
record Permits(Tree tree, Locks locks) {

  /**
   * Goes on if all conditions of a request are met: those of HTTP and the field {@code If}.
   *
   * @throws HttpFailure if they are not
   */
  void checkConditions(Exchange exchange, Place place) throws IOException {
    Conditions.check(exchange, place, tag(place));
    Optional<String> field = exchange.header("If");
    if (field.isEmpty()) {
      return;
    }
    for (IfHeader.StateList list : IfHeader.parse(field.get()).lists()) {
      if (holds(exchange, place, list)) {
        return;
      }
    }
    throw new HttpFailure(412, "The field If");
  }

  /**
   * Goes on if the contents or properties of a file may be changed.
   *
   * @throws HttpFailure with 423 if a lock is in the way
   */
  void checkContents(Exchange exchange, Path file) throws HttpFailure {
    List<Lock> covering = locks.covering(file);
    Set<String> tokens = tokens(exchange);
    if (!covering.isEmpty() && covering.stream().noneMatch(l -> tokens.contains(l.token()))) {
      throw locked(exchange, covering);
    }
  }

  /**
   * Goes on if a name may come to be in its directory, or its file go with all that is in it.
   *
   * @throws HttpFailure with 423 if a lock is in the way
   */
  void checkName(Exchange exchange, Place place) throws HttpFailure {
    Path above = place.path().getParent();
    if (above != null && above.startsWith(tree.root())) {
      checkContents(exchange, above);
    }
    List<Lock> inside = locks.unsubmittedUnder(place.real(), tokens(exchange));
    if (!inside.isEmpty()) {
      throw locked(exchange, inside);
    }
  }

  /** Returns the tag of a file; a directory has none. */
  Optional<String> tag(Place place) {
    return place
        .attributes()
        .filter(found -> !found.isDirectory())
        .map(found -> tree.tags().of(place.real(), found));
  }

  /** Returns the tokens that a client says it has. */
  Set<String> tokens(Exchange exchange) throws HttpFailure {
    Optional<String> field = exchange.header("If");
    return field.isPresent() ? IfHeader.parse(field.get()).tokens() : Set.of();
  }

  private boolean holds(Exchange exchange, Place place, IfHeader.StateList list)
      throws IOException {
    Place subject = place;
    if (list.resource().isPresent()) {
      try {
        subject = tree.find(exchange.local(list.resource().get()));
      } catch (HttpFailure e) {
        return false;
      }
    }
    Set<String> known = new LinkedHashSet<>();
    locks.covering(subject.real()).forEach(lock -> known.add(lock.token()));
    tag(subject).ifPresent(known::add);
    return list.conditions().stream().allMatch(c -> c.not() != known.contains(c.value()));
  }

  private HttpFailure locked(Exchange exchange, List<Lock> by) {
    List<String> hrefs =
        by.stream().map(lock -> exchange.href(tree.names(lock.root()), false)).distinct().toList();
    return new HttpFailure(423, "Locked", "lock-token-submitted", hrefs);
  }
}
