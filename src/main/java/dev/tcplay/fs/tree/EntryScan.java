package dev.tcplay.fs.tree;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the entries of a directory. Not safe for threads.
 *
 * @param <E> the entries of the driver
 */
public interface EntryScan<E> {

  /** Returns the next entry, null at the end. */
  @Nullable E next() throws IOException;

  /** Returns the slot where it is: behind the last entry, the first that was never used. */
  int slot();

  /** Returns roughly the bytes of memory that knowing the clusters of the directory takes now. */
  long memory();

  /**
   * The entries of a directory, as far as it goes now.
   *
   * @param <E> the entries of the driver
   */
  interface Source<E> {

    /** Starts so far before a slot that no entry which begins with it, or behind it, is missed. */
    EntryScan<E> from(int slot);
  }
}
