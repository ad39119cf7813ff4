package dev.tcplay.crypto;

/** HMAC under one key, as PBKDF2 uses it. Not thread-safe. */
interface HmacKernel {

  /** Stores the MAC of a message, {@link Prf#digestBytes} bytes from index 0. */
  void mac(byte[] message, byte[] target);

  /**
   * Runs rounds of PBKDF2's inner loop: {@code u} becomes its own MAC, which is added (XOR) to
   * {@code sum}. Both hold {@link Prf#digestBytes} bytes from index 0.
   */
  void iterate(byte[] u, byte[] sum, int rounds);

  /** Wipes the key, as far as the implementation can reach it. */
  void wipe();
}
