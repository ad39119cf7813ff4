package dev.tcplay.fs.tree;

/**
 * An entry, and the directory in which it stands.
 *
 * @param directory the directory
 * @param entry the entry
 * @param <D> the directories of the driver
 * @param <E> its entries
 */
public record EntryName<D extends TreeDirectory<D>, E extends TreeEntry>(D directory, E entry) {

  @Override
  public String toString() {
    return directory.path(entry.name());
  }
}
