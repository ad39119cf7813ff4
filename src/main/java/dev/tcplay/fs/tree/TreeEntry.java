package dev.tcplay.fs.tree;

import dev.tcplay.fs.NodeAttributes;
import java.time.ZoneId;

/** A file or directory as its entry in a directory says it. Immutable. */
public interface TreeEntry {

  /** Returns the name. */
  String name();

  /** Returns whether it is a directory. */
  boolean isDirectory();

  /** Returns the first cluster as stored, lawful or not; 0 if there is none. */
  long firstCluster();

  /** Returns the first slot of the directory that belongs to the entry. */
  int firstSlot();

  /** Returns how many slots belong to it. */
  int slots();

  /** Returns the place in the volume that tells it from all other entries. */
  long position();

  /** Returns the attributes; times without a zone are taken as of the one given. */
  NodeAttributes attributes(ZoneId zone);
}
