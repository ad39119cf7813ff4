package dev.tcplay.crypto.kernel;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC over SHA-1 and SHA-2 by the platform, whose compression functions are intrinsics. Both keyed
 * states are digested once and cloned for every MAC, which leaves two compressions an iteration.
 *
 * <p>What was searched: keys are fed in halves. A whole block at once goes through the platform's
 * loop over blocks, which, when compiled, leaves a block of SHA-512 for later on some processors,
 * so that each copy of a keyed state compressed it anew (570 ns an iteration instead of 310).
 * {@link Sha2Hmac} names the check.
 */
final class DigestHmac implements HmacKernel {

  private final MessageDigest inner;
  private final MessageDigest outer;
  private final int digestBytes;

  DigestHmac(Prf prf, byte[] password) {
    digestBytes = prf.digestBytes();
    inner = digest(prf);
    outer = digest(prf);
    absorb(inner, HmacKey.inner(prf, password));
    absorb(outer, HmacKey.outer(prf, password));
  }

  private static MessageDigest digest(Prf prf) {
    String name = "SHA-" + prf.id().substring("sha".length());
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no " + name, e);
    }
  }

  /** Returns the platform's hash of a message. */
  static byte[] hash(Prf prf, byte[] message) {
    MessageDigest digest = digest(prf);
    byte[] result = digest.digest(message);
    digest.reset(); // until then it keeps the message's end
    return result;
  }

  /**
   * In halves, so that the block is compressed here. A whole one goes to the platform's loop over
   * blocks, which on some processors leaves a single block of SHA-512 in the buffer, for every
   * clone to compress anew. Until {@link #wipe} the buffer holds this last block instead.
   */
  private static void absorb(MessageDigest digest, byte[] keyBlock) {
    int half = keyBlock.length / 2;
    digest.update(keyBlock, 0, half);
    digest.update(keyBlock, half, keyBlock.length - half);
    Arrays.fill(keyBlock, (byte) 0);
  }

  @Override
  public void mac(byte[] message, byte[] target) {
    hmac(message, message.length, target);
  }

  @Override
  public void iterate(byte[] u, byte[] sum, int rounds) {
    for (int round = 0; round < rounds; round++) {
      hmac(u, digestBytes, u);
      for (int i = 0; i < digestBytes; i++) {
        sum[i] ^= u[i];
      }
    }
  }

  /**
   * The clones keep the end of what they digested, and of the key block behind it, until the
   * collector uses their memory again; to wipe them would take a reset of both in every round.
   */
  private void hmac(byte[] message, int length, byte[] target) {
    digest(inner, message, length, target);
    digest(outer, target, digestBytes, target);
  }

  private void digest(MessageDigest keyed, byte[] message, int length, byte[] target) {
    try {
      MessageDigest digest = (MessageDigest) keyed.clone();
      digest.update(message, 0, length);
      digest.digest(target, 0, digestBytes);
    } catch (CloneNotSupportedException | DigestException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void wipe() {
    inner.reset();
    outer.reset();
  }
}
