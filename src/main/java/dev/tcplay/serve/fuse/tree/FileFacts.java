package dev.tcplay.serve.fuse.tree;

import java.time.Instant;

/**
 * What stat(2) tells of a file.
 *
 * @param mode the type and the permissions, as in inode(7)
 * @param links how many names it has; 1 for a directory: its entries are not counted
 * @param uid whom it belongs to
 * @param gid which group
 * @param size in bytes
 * @param blocks the space that it takes, in units of 512 bytes
 * @param inode what no other file has, not 0
 * @param accessed when it was read
 * @param modified when its contents changed
 * @param changed when it changed at all
 */
public record FileFacts(
    int mode,
    int links,
    int uid,
    int gid,
    long size,
    long blocks,
    long inode,
    Instant accessed,
    Instant modified,
    Instant changed) {

  /** Of a file that is there, and of which nothing more can be read. */
  static final FileFacts UNKNOWN =
      new FileFacts(0, 0, 0, 0, 0, 0, 0xFFFF_FFFFL, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

  static final int TYPE = 0170000;
  static final int PIPE = 0010000;
  static final int DIRECTORY = 0040000;
  static final int REGULAR = 0100000;
  static final int LINK = 0120000;

  /** Those who may write. */
  static final int WRITE = 0222;

  /** All permissions. */
  static final int ALL = 0777;

  /** Returns whether more is known than that there is a file. */
  public boolean isKnown() {
    return mode != 0;
  }

  boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  /** Returns the same of a file that has no name any more. */
  FileFacts withoutName(long newSize) {
    return new FileFacts(
        mode, 0, uid, gid, newSize, (newSize + 511) / 512, inode, accessed, modified, changed);
  }

  FileFacts withTimes(Instant newAccessed, Instant newModified) {
    return new FileFacts(
        mode, links, uid, gid, size, blocks, inode, newAccessed, newModified, Instant.now());
  }
}
