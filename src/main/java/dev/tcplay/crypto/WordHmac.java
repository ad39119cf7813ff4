package dev.tcplay.crypto;

/**
 * What the HMAC kernels of our own share. Their inner loop runs on words, from the two keyed
 * states; the first MAC of an output block, whose message has any length, is left to Bouncy Castle.
 */
abstract sealed class WordHmac implements HmacKernel
    permits WhirlpoolHmac, StreebogHmac, Blake2sHmac, Ripemd160Hmac {

  private final BouncyCastleHmac any;

  WordHmac(Prf prf, byte[] password) {
    any = new BouncyCastleHmac(prf, password);
  }

  @Override
  public final void mac(byte[] message, byte[] target) {
    any.mac(message, target);
  }

  @Override
  public void wipe() {
    any.wipe();
  }
}
