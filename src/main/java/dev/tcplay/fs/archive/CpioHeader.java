package dev.tcplay.fs.archive;

import java.nio.charset.StandardCharsets;

/** What can be told of the start of a cpio by itself: needs no library. */
final class CpioHeader {

  private static final int BINARY_MAGIC = 0_070707;
  private static final int BINARY_BYTES = 26;
  private static final int MOST_NAME = 4096;

  private CpioHeader() {}

  /**
   * Returns whether a volume that begins so is a cpio: new, with checksums, old in ASCII, or old
   * and binary in either order of bytes, of which the magic is only two bytes long, so that the
   * first name counts too.
   */
  static boolean isAt(byte[] head) {
    if (head.length < BINARY_BYTES) {
      return false;
    }
    String start = new String(head, 0, 6, StandardCharsets.ISO_8859_1);
    return start.equals("070701")
        || start.equals("070702")
        || start.equals("070707")
        || isBinary(head, false)
        || isBinary(head, true);
  }

  private static boolean isBinary(byte[] head, boolean isBig) {
    int name = half(head, 20, isBig);
    if (half(head, 0, isBig) != BINARY_MAGIC || name < 2 || name > MOST_NAME) {
      return false;
    }
    int type = half(head, 6, isBig) >>> 12;
    boolean isType = type == 1 || type == 2 || type == 4 || type == 6 || type == 8 || type == 10;
    int end = BINARY_BYTES + name - 1;
    for (int i = BINARY_BYTES; i < Math.min(end, head.length); i++) {
      if (head[i] >= 0 && head[i] < ' ') {
        return false;
      }
    }
    return (isType || type == 0 || type == 12) && (end >= head.length || head[end] == 0);
  }

  private static int half(byte[] head, int offset, boolean isBig) {
    int first = head[offset] & 0xFF;
    int second = head[offset + 1] & 0xFF;
    return isBig ? first << 8 | second : second << 8 | first;
  }
}
