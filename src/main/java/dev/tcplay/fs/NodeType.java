package dev.tcplay.fs;

/** What a node is. */
public enum NodeType {
  /** A file with contents. */
  FILE,
  /** A directory. */
  DIRECTORY,
  /** A symbolic link: its contents are a path, which is followed wherever the link is met. */
  SYMLINK,
  /** Something without contents that can be read, such as a device, a pipe or a socket. */
  OTHER
}
