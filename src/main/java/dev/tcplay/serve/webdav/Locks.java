package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.HttpFailure;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** All locks of a tree, in memory. Safe for several threads. */
final class Locks {

  private static final int MOST = 1_000;

  private final Map<String, Lock> byToken = new LinkedHashMap<>();

  /**
   * Makes a lock.
   *
   * @throws HttpFailure with 423 if another one stands in the way, 507 if there are too many
   */
  synchronized Lock add(Path root, boolean exclusive, boolean deep, String owner, long seconds)
      throws HttpFailure {
    List<Lock> others = select(lock -> lock.covers(root) || (deep && lock.root().startsWith(root)));
    if (others.stream().anyMatch(lock -> exclusive || lock.exclusive())) {
      throw new HttpFailure(423, "Locked by another", "no-conflicting-lock", List.of());
    }
    long now = System.nanoTime();
    byToken.values().removeIf(lock -> lock.end() - now <= 0);
    if (byToken.size() >= MOST) {
      throw new HttpFailure(507, "Too many locks");
    }
    Lock lock =
        new Lock("urn:uuid:" + UUID.randomUUID(), root, exclusive, deep, owner, end(seconds));
    byToken.put(lock.token(), lock);
    return lock;
  }

  /** Lets a lock last from now on, and returns it. */
  synchronized Lock refresh(Lock old, long seconds) {
    Lock fresh =
        new Lock(old.token(), old.root(), old.exclusive(), old.deep(), old.owner(), end(seconds));
    byToken.replace(old.token(), fresh);
    return fresh;
  }

  synchronized void remove(Lock lock) {
    byToken.remove(lock.token());
  }

  /** Removes the locks of all that was replaced: of a file, or a directory and what was in it. */
  synchronized void removeUnder(Path replaced) {
    byToken.values().removeIf(lock -> lock.root().startsWith(replaced));
  }

  /** Removes the locks of what is there no more, of a file or in a directory. */
  synchronized void removeGone(Path root) {
    byToken
        .values()
        .removeIf(
            lock ->
                lock.root().startsWith(root)
                    && Files.notExists(lock.root(), LinkOption.NOFOLLOW_LINKS));
  }

  /** Returns the locks that a change of a file's contents needs one token of. */
  synchronized List<Lock> covering(Path file) {
    return select(lock -> lock.covers(file));
  }

  /** Returns the locks in a tree that the submitted tokens do not open. */
  synchronized List<Lock> unsubmittedUnder(Path tree, Set<String> tokens) {
    return select(
        lock ->
            lock.root().startsWith(tree)
                && select(beside -> beside.covers(lock.root())).stream()
                    .noneMatch(beside -> tokens.contains(beside.token())));
  }

  private List<Lock> select(Predicate<Lock> wanted) {
    long now = System.nanoTime();
    List<Lock> selected = new ArrayList<>();
    for (Lock lock : byToken.values()) {
      if (lock.end() - now > 0 && wanted.test(lock)) {
        selected.add(lock);
      }
    }
    return selected;
  }

  private static long end(long seconds) {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }
}
