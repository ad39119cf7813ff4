package dev.tcplay.crypto.kernel;

import java.util.Arrays;

/**
 * What the HMAC kernels of our own share. Their inner loop starts from the two keyed states; the
 * first MAC of an output block, whose message has any length, is computed here as RFC 2104 writes
 * it down, which hashes the key blocks once more.
 */
abstract sealed class OwnHmac implements HmacKernel
    permits WhirlpoolHmac, StreebogHmac, Blake2sHmac, Ripemd160Hmac {

  /** What the inner hash begins with. */
  final byte[] innerKey;

  /** What the outer hash begins with. */
  final byte[] outerKey;

  private final Prf prf;

  OwnHmac(Prf prf, byte[] password) {
    this.prf = prf;
    innerKey = HmacKey.inner(prf, password);
    outerKey = HmacKey.outer(prf, password);
  }

  @Override
  public final void mac(byte[] message, byte[] target) {
    byte[] digest = hash(innerKey, message);
    byte[] mac = hash(outerKey, digest);
    System.arraycopy(mac, 0, target, 0, mac.length);
    Arrays.fill(digest, (byte) 0);
    Arrays.fill(mac, (byte) 0);
  }

  private byte[] hash(byte[] keyBlock, byte[] message) {
    byte[] whole = Arrays.copyOf(keyBlock, keyBlock.length + message.length);
    System.arraycopy(message, 0, whole, keyBlock.length, message.length);
    byte[] digest = MessageHash.of(prf, whole);
    Arrays.fill(whole, (byte) 0);
    return digest;
  }

  @Override
  public void wipe() {
    Arrays.fill(innerKey, (byte) 0);
    Arrays.fill(outerKey, (byte) 0);
  }
}
