package dev.tcplay.crypto.kernel;

/** What makes the CBC of a unit different from that of any other one. For one caller at a time. */
interface CbcVectors {

  /** Stores the initialization vector of a unit, as many bytes as a block has, 8 or 16. */
  void vector(long unit, byte[] target, int offset, int blockBytes);

  /** Returns what is added to all words of a unit's ciphertext, as a little-endian number. */
  long whitening(long unit);

  /** Wipes what is secret. */
  void wipe();
}
