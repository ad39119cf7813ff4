package dev.tcplay.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A source that gives the same bytes for the same seed: AES-256 in counter mode. */
public final class SeededRandom extends SecureRandom {

  private static final long serialVersionUID = 1;

  private final transient Cipher stream;

  /** Begins the stream of a seed. */
  public SeededRandom(long seed) {
    byte[] key =
        ByteBuffer.allocate(32)
            .putLong(seed)
            .put("a seed for tests".getBytes(StandardCharsets.US_ASCII))
            .array();
    try {
      stream = Cipher.getInstance("AES/CTR/NoPadding");
      stream.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public synchronized void nextBytes(byte[] target) {
    byte[] bytes = stream.update(new byte[target.length]);
    System.arraycopy(bytes == null ? new byte[0] : bytes, 0, target, 0, target.length);
  }
}
