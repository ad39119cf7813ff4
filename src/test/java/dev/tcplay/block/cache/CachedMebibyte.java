package dev.tcplay.block.cache;

import java.util.Arrays;

/** What the tests of a cache over one mebibyte share. */
abstract class CachedMebibyte {

  static final int SIZE = 1 << 20;

  static byte[] ones(int length) {
    byte[] ones = new byte[length];
    Arrays.fill(ones, (byte) 1);
    return ones;
  }
}
