package dev.tcplay.crypto.kernel;

/** One round of Serpent over the first lanes of four arrays of words. */
interface SerpentRound {

  /**
   * Runs round {@code r}, whose four key words begin at {@code keys[4 * r]}. Over no lanes it
   * returns at once, before its loop, so that such calls do not count as a loop that is short.
   */
  void run(int[] a, int[] b, int[] c, int[] d, int lanes, int[] keys, int r);
}
