package dev.tcplay.crypto;

/** One round of Serpent over the first lanes of four arrays of words. */
@FunctionalInterface
interface SerpentRound {

  /** Runs round {@code r}, whose four key words begin at {@code keys[4 * r]}. */
  void run(int[] a, int[] b, int[] c, int[] d, int lanes, int[] keys, int r);
}
