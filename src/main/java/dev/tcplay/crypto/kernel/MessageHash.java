package dev.tcplay.crypto.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Hashes of messages of any length, as HMAC wants them outside its loop: for a password that is
 * longer than a block, and for the first MAC of an output block.
 */
public final class MessageHash {

  /** A block of every hash of our own. */
  private static final int BLOCK_BYTES = 64;

  private MessageHash() {}

  /** Returns the hash of a message, by code of our own or, for SHA-1 and SHA-2, the platform's. */
  public static byte[] of(Prf prf, byte[] message) {
    return switch (prf) {
      case RIPEMD160 -> Ripemd160.hash(message);
      case SHA1, SHA256, SHA512 -> DigestHmac.hash(prf, message);
      case WHIRLPOOL -> Whirlpool.hash(message);
      case STREEBOG -> Streebog.hash(message);
      case BLAKE2S -> Blake2s.hash(message);
      case ARGON2ID -> throw new IllegalArgumentException("not a hash: " + prf);
    };
  }

  /**
   * Returns a copy of a message with zeros up to the end of a block, at least so many of them; it
   * is never empty. The caller wipes it.
   */
  static byte[] padded(byte[] message, int zeros) {
    int blocks = (message.length + zeros + BLOCK_BYTES - 1) / BLOCK_BYTES;
    return Arrays.copyOf(message, BLOCK_BYTES * Math.max(1, blocks));
  }

  /** Returns a view of bytes as little-endian numbers. */
  static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
