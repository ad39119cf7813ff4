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

  /** Takes note of a failure. */
  void add(Path file, Exception failure) {
    if (statuses.size() < MOST) {
      statuses.put(file, Statuses.of(failure));
    }
  }

  boolean isEmpty() {
    return statuses.isEmpty();
  }

  /** Tells whether there is no room any more, so that nothing else needs to be tried. */
  boolean isFull() {
    return statuses.containsValue(507);
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
