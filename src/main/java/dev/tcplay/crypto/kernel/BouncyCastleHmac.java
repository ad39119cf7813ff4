package dev.tcplay.crypto.kernel;

import java.util.Arrays;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.digests.GOST3411_2012_512Digest;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.WhirlpoolDigest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** The portable kernel, and the reference of all others: Bouncy Castle's HMAC. */
public final class BouncyCastleHmac implements HmacKernel {

  private final HMac hmac;

  public BouncyCastleHmac(Prf prf, byte[] password) {
    hmac = new HMac(digest(prf));
    key(password);
  }

  public static ExtendedDigest digest(Prf prf) {
    return switch (prf) {
      case RIPEMD160 -> new RIPEMD160Digest();
      case SHA1 -> new SHA1Digest();
      case SHA256 -> new SHA256Digest();
      case SHA512 -> new SHA512Digest();
      case WHIRLPOOL -> new WhirlpoolDigest();
      case STREEBOG -> new GOST3411_2012_512Digest();
      case BLAKE2S -> new Blake2sDigest(256);
      case ARGON2ID -> throw new IllegalArgumentException("not a hash: " + prf);
    };
  }

  private void key(byte[] password) {
    KeyParameter key = new KeyParameter(password);
    try {
      hmac.init(key);
    } finally {
      Arrays.fill(key.getKey(), (byte) 0);
    }
  }

  @Override
  public void mac(byte[] message, byte[] target) {
    hmac.update(message, 0, message.length);
    hmac.doFinal(target, 0);
  }

  @Override
  public void iterate(byte[] u, byte[] sum, int rounds) {
    int size = hmac.getMacSize();
    for (int round = 0; round < rounds; round++) {
      hmac.update(u, 0, size);
      hmac.doFinal(u, 0);
      for (int i = 0; i < size; i++) {
        sum[i] ^= u[i];
      }
    }
  }

  /** Keys the HMAC anew, so that it lets go of the old states; it offers no way to them. */
  @Override
  public void wipe() {
    key(new byte[0]);
  }
}
