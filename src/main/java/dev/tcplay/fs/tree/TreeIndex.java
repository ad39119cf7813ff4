package dev.tcplay.fs.tree;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.DirectoryCache;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The index of one directory. Safe for any number of readers; who changes it is alone.
 *
 * @param <E> the entries of the driver
 */
public interface TreeIndex<E extends TreeEntry> extends DirectoryCache.Index {

  /**
   * Finds an entry by its name.
   *
   * @throws CorruptFileSystemException if it is not there and a part of the directory cannot be
   *     read
   */
  @Nullable E find(String name) throws IOException;

  /** Returns the entry that begins with a slot, null if none does. */
  @Nullable E at(int firstSlot) throws IOException;

  /** Returns whether names stand for several entries, so that the index forgets what it removes. */
  boolean isAmbiguous();
}
