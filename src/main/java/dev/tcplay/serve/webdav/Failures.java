package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.Statuses;
import dev.tcplay.serve.web.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What could not be done in a tree, file by file. For one thread. */
final class Failures {

  /** So many are told; the first ones say what is wrong. */
  private static final int MOST = 1_000;

  private final Map<Path, Integer> statuses = new LinkedHashMap<>();
  private boolean areFinal;

  /** Takes note of a failure. */
  void add(Path file, Exception failure) {
    int status = Statuses.of(failure);
    areFinal |= status == 507 || status == 503;
    if (statuses.size() < MOST) {
      statuses.put(file, status);
    }
  }

  /** Tells whether something could not be done with that file itself. */
  boolean has(Path file) {
    return statuses.containsKey(file);
  }

  boolean isEmpty() {
    return statuses.isEmpty();
  }

  /** Tells whether there is no room any more, or no server, so that nothing else can succeed. */
  boolean areFinal() {
    return areFinal;
  }

  /** Tells of what has failed below one path as below another, where clients would see it. */
  void show(Path made, Path shown) {
    Map<Path, Integer> before = new LinkedHashMap<>(statuses);
    statuses.clear();
    before.forEach(
        (file, status) ->
            statuses.put(
                file.startsWith(made) ? shown.resolve(made.relativize(file)) : file, status));
  }

  /**
   * Answers by the failure if it is that of what was asked for, and else by one of each file.
   *
   * @param subject what was asked for
   */
  void answer(Exchange exchange, Tree tree, Path subject) throws IOException {
    if (statuses.size() == 1 && statuses.containsKey(subject)) {
      exchange.answer(statuses.get(subject));
      return;
    }
    try (MultiStatus answer = new MultiStatus(exchange)) {
      for (Map.Entry<Path, Integer> entry : statuses.entrySet()) {
        answer.add(exchange.href(tree.names(entry.getKey()), false), entry.getValue());
      }
    }
  }
}
