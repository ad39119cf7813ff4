package dev.tcplay.crypto.kernel;

/** HMAC under one key, as PBKDF2 uses it. Not thread-safe. */
public interface HmacKernel extends HmacIteration {

  /** Stores the MAC of a message, {@link Prf#digestBytes} bytes from index 0. */
  void mac(byte[] message, byte[] target);
}
