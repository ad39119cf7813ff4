package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Place;
import dev.tcplay.serve.web.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * LOCK and UNLOCK. What is locked where nothing is becomes an empty file, by RFC 4918, section 7.3.
 *
 * @param tree the tree
 * @param permits its locks
 */
record LockMethods(Tree tree, Permits permits) {

  /** In seconds; clients that live refresh their locks. */
  private static final long USUAL = 3_600;

  private static final long LONGEST = 86_400;

  /** In characters of XML. */
  private static final int LONGEST_OWNER = 4 << 10;

  /** Answers LOCK: with a body, for a new lock; without one, for more time. */
  void lock(Exchange exchange) throws IOException {
    Optional<Element> info = XmlBody.read(exchange, "lockinfo");
    String depth = exchange.header("Depth").orElse("infinity");
    boolean deep = depth.equalsIgnoreCase("infinity");
    if (!deep && !depth.equals("0")) {
      throw new HttpFailure(400, "The depth of a lock is 0 or infinity");
    }
    synchronized (permits) {
      Place place = tree.find(exchange.path());
      permits.checkConditions(exchange, place);
      if (info.isPresent()) {
        add(exchange, place, info.get(), deep);
      } else {
        refresh(exchange, place);
      }
    }
  }

  /** Answers UNLOCK. */
  void unlock(Exchange exchange) throws IOException {
    String field =
        exchange.header("Lock-Token").orElseThrow(() -> new HttpFailure(400, "No Lock-Token"));
    synchronized (permits) {
      Place place = tree.find(exchange.path());
      permits.checkConditions(exchange, place);
      Lock lock =
          permits.locks().covering(place.real()).stream()
              .filter(l -> field.strip().equals("<" + l.token() + ">"))
              .findFirst()
              .orElseThrow(
                  () ->
                      new HttpFailure(
                          409, "Not its lock", "lock-token-matches-request-uri", List.of()));
      permits.locks().remove(lock);
      exchange.answer(204);
    }
  }

  private void add(Exchange exchange, Place place, Element info, boolean deep) throws IOException {
    boolean exclusive = isExclusive(info);
    String owner = XmlBody.child(info, "owner").map(LockMethods::inner).orElse("");
    if (owner.length() > LONGEST_OWNER) {
      throw new HttpFailure(413, "The owner has more than " + LONGEST_OWNER + " characters");
    }
    boolean made = !place.exists();
    Place locked = place;
    if (made) {
      if (!place.inDirectory() || exchange.path().directory()) {
        throw new HttpFailure(409, "No directory for it");
      }
      permits.checkName(exchange, place);
    }
    Lock lock = permits.locks().add(place.real(), exclusive, deep, owner, seconds(exchange));
    if (made) {
      try {
        Files.createFile(place.path());
        tree.tags().changed(place.path());
        locked = tree.find(place.path());
      } finally {
        permits.locks().remove(lock);
      }
      // The file system may spell its name in another way.
      lock = permits.locks().add(locked.real(), exclusive, deep, owner, seconds(exchange));
    }
    exchange.addHeader("Lock-Token", "<" + lock.token() + ">");
    answer(exchange, made ? 201 : 200, lock);
  }

  private void refresh(Exchange exchange, Place place) throws IOException {
    Set<String> tokens = permits.tokens(exchange);
    Lock lock =
        permits.locks().covering(place.real()).stream()
            .filter(l -> tokens.contains(l.token()))
            .findFirst()
            .orElseThrow(
                () ->
                    new HttpFailure(
                        412, "Not its lock", "lock-token-matches-request-uri", List.of()));
    answer(exchange, 200, permits.locks().refresh(lock, seconds(exchange)));
  }

  private void answer(Exchange exchange, int status, Lock lock) throws IOException {
    String locks = LiveProperties.locks(exchange, permits, List.of(lock));
    MultiStatus.properties(exchange, status, "<D:lockdiscovery>" + locks + "</D:lockdiscovery>");
  }

  private static boolean isExclusive(Element info) throws HttpFailure {
    boolean write =
        XmlBody.child(info, "locktype").flatMap(t -> XmlBody.child(t, "write")).isPresent();
    Optional<Element> scope = XmlBody.child(info, "lockscope");
    boolean exclusive = scope.flatMap(s -> XmlBody.child(s, "exclusive")).isPresent();
    boolean shared = scope.flatMap(s -> XmlBody.child(s, "shared")).isPresent();
    if (!write || exclusive == shared) {
      throw new HttpFailure(400, "A lock is a write lock, exclusive or shared");
    }
    return exclusive;
  }

  private static String inner(Element element) {
    StringBuilder text = new StringBuilder();
    XmlText.inner(text, element);
    return text.toString();
  }

  /** Returns how long a lock is granted for: what the client wishes first, if that is sensible. */
  private static long seconds(Exchange exchange) {
    String wish = exchange.header("Timeout").orElse("").split(",", 2)[0].strip();
    if (wish.equalsIgnoreCase("Infinite")) {
      return LONGEST;
    }
    if (wish.matches("(?i)Second-\\d{1,10}")) {
      return Math.max(1, Math.min(LONGEST, Long.parseLong(wish.substring(7))));
    }
    return USUAL;
  }
}
