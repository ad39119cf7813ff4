package dev.tcplay.serve.fuse.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel holds, by numbers from 1 on, and the path by which libfuse knows each. Safe for
 * several threads.
 *
 * @param <T> files or directories
 */
final class Handles<T> {

  private record Held<T>(String path, T opened) {}

  private final Map<Long, Held<T>> open = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  long add(String path, T opened) {
    long handle = last.incrementAndGet();
    open.put(handle, new Held<>(path, opened));
    return handle;
  }

  /**
   * Returns what a number stands for.
   *
   * @throws ErrorException EBADF if it stands for nothing
   */
  T get(long handle) throws ErrorException {
    Held<T> found = open.get(handle);
    if (found == null) {
      throw new ErrorException(ErrorNumber.EBADF);
    }
    return found.opened();
  }

  /** Takes a number back and returns what it stood for, null if for nothing. */
  @Nullable T remove(long handle) {
    Held<T> found = open.remove(handle);
    return found == null ? null : found.opened();
  }

  /** Takes all back. */
  List<T> removeAll() {
    List<T> all = new ArrayList<>();
    open.values().forEach(held -> all.add(held.opened()));
    open.clear();
    return all;
  }

  /** Returns whether there is one of a kind. */
  boolean any(Predicate<T> kind) {
    return open.values().stream().anyMatch(held -> kind.test(held.opened()));
  }

  /** Returns whether there is one in a directory. */
  boolean anyIn(String directory) {
    return open.values().stream().anyMatch(held -> Names.isIn(held.path(), directory));
  }

  /** Takes note that a file or a directory has another name now. */
  void renamed(String from, String to) {
    open.replaceAll(
        (handle, held) -> new Held<>(Names.renamed(held.path(), from, to), held.opened()));
  }

  int size() {
    return open.size();
  }
}
