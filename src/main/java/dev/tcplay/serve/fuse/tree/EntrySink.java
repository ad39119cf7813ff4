package dev.tcplay.serve.fuse.tree;

/** Where the entries of a directory go. */
@FunctionalInterface
public interface EntrySink {

  /**
   * Takes an entry.
   *
   * @param facts what is known of it, perhaps nothing
   * @param next where to go on behind it
   * @return false if there is no room for it
   */
  boolean add(String name, FileFacts facts, long next);
}
