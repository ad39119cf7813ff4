package dev.tcplay.crypto.kernel;

/** The inner loop of PBKDF2 under one key. Not thread-safe. */
public interface HmacIteration {

  /**
   * Runs rounds of PBKDF2's inner loop: {@code u} becomes its own MAC, which is added (XOR) to
   * {@code sum}. Both hold {@link Prf#digestBytes} bytes from index 0.
   */
  void iterate(byte[] u, byte[] sum, int rounds);

  /** Wipes the key, as far as the implementation can reach it. */
  void wipe();
}
