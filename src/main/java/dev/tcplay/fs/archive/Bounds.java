package dev.tcplay.fs.archive;

/** How much an archive may ask for, whatever it says of itself; stated in docs/archives.md. */
final class Bounds {

  /** The most bytes in front of the contents of one member: headers, names, maps of holes. */
  static final int HEADER_BYTES = 1 << 20;

  /** The most bytes of global headers of a tar, and of a table of names of an ar. */
  static final int SHARED_BYTES = 1 << 16;

  /** The most characters in the path of a member. */
  static final int PATH_LENGTH = 1 << 16;

  /** The most directories in the path of a member. */
  static final int DEPTH = 1024;

  /** The most bytes in the path that a symbolic link holds. */
  static final int LINK_BYTES = 1 << 16;

  /** What a name, its node and its attributes take at most beside the letters, in bytes. */
  static final int NODE_BYTES = 512;

  private static final long LEAST = 8 << 20;

  private Bounds() {}

  /**
   * Returns the memory that one decoder may take for what it has unpacked last, in KiB: three
   * eighths of the heap.
   */
  static int decoderKibibytes() {
    return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 8 * 3 / 1024);
  }

  /** Returns the bytes of memory that all names and places may take: a quarter of the heap. */
  static long treeBytes() {
    return Math.max(LEAST, Runtime.getRuntime().maxMemory() / 4);
  }
}
