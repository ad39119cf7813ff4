package dev.tcplay.fs.archive;

/** What can be told of a block of a tar by itself: needs no library. */
final class TarHeader {

  static final int BLOCK = 512;

  private static final int MODE = 100;
  private static final int SIZE = 124;
  private static final int TIME = 136;
  private static final int SUM = 148;
  private static final int SUM_END = 156;

  /** The type of a header, a byte. */
  static final int TYPE = 156;

  /** The type of GNU's label of an archive, which is no member. */
  static final byte LABEL = 'V';

  private static final int MAGIC = 257;

  private TarHeader() {}

  /** Returns whether a block is all zeros, as those at the end of an archive are. */
  static boolean isZero(byte[] block) {
    int all = 0;
    for (int i = 0; i < BLOCK; i++) {
      all |= block[i];
    }
    return all == 0;
  }

  /** Returns whether a block has the mark of ustar, GNU or pax. */
  static boolean isMarked(byte[] block) {
    String mark = "ustar";
    for (int i = 0; i < mark.length(); i++) {
      if (block[MAGIC + i] != mark.charAt(i)) {
        return false;
      }
    }
    return block[MAGIC + 5] == 0 || block[MAGIC + 5] == ' ';
  }

  /**
   * Returns whether a block has the checksum of a header. Some old writers summed up bytes with
   * their signs.
   */
  static boolean isSound(byte[] block) {
    long sum = 0;
    long signed = 0;
    for (int i = 0; i < BLOCK; i++) {
      int value = i >= SUM && i < SUM_END ? ' ' : block[i];
      sum += value & 0xFF;
      signed += value;
    }
    long stored = octal(block, SUM, SUM_END);
    return stored >= 0 && (stored == sum || stored == signed);
  }

  /**
   * Returns whether a sound block without a mark is a header of V7, with name, mode and size, or
   * GNU's label of an archive, which has a name and a time.
   */
  static boolean isOld(byte[] block) {
    boolean isFile = octal(block, MODE, MODE + 8) >= 0 && octal(block, SIZE, SIZE + 12) >= 0;
    boolean isLabel = block[TYPE] == LABEL && octal(block, TIME, TIME + 12) >= 0;
    return block[0] > ' ' && (isFile || isLabel);
  }

  /** Returns the bytes that follow a header, -1 if the field holds no octal number. */
  static long size(byte[] block) {
    return octal(block, SIZE, SIZE + 12);
  }

  /** Returns an octal number between blanks, ended by a blank or NUL; -1 if there is none. */
  private static long octal(byte[] block, int from, int to) {
    int i = from;
    while (i < to && block[i] == ' ') {
      i++;
    }
    long value = i < to && isDigit(block[i]) ? 0 : -1;
    for (; i < to && isDigit(block[i]); i++) {
      value = value * 8 + block[i] - '0';
    }
    for (; i < to; i++) {
      if (block[i] != ' ' && block[i] != 0) {
        return -1;
      }
    }
    return value;
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '7';
  }
}
