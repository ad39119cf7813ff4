package dev.tcplay.serve.fuse.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel holds, by numbers from 1 on.
 *
 * @param <T> files or directories
 */
final class Handles<T> {

  private final Map<Long, T> open = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  long add(T opened) {
    long handle = last.incrementAndGet();
    open.put(handle, opened);
    return handle;
  }

  /**
   * Returns what a number stands for.
   *
   * @throws ErrorException EBADF if it stands for nothing
   */
  T get(long handle) throws ErrorException {
    T found = open.get(handle);
    if (found == null) {
      throw new ErrorException(ErrorNumber.EBADF);
    }
    return found;
  }

  /** Takes a number back and returns what it stood for, null if for nothing. */
  @Nullable T remove(long handle) {
    return open.remove(handle);
  }

  /** Takes all back. */
  List<T> removeAll() {
    List<T> all = new ArrayList<>(open.values());
    open.clear();
    return all;
  }

  /** Returns whether there is one of a kind. */
  boolean any(Predicate<T> kind) {
    return open.values().stream().anyMatch(kind);
  }

  int size() {
    return open.size();
  }
}
