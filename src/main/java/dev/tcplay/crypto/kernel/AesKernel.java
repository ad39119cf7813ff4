package dev.tcplay.crypto.kernel;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * AES by the platform: one {@code AES/ECB/NoPadding} call over a batch runs in the virtual
 * machine's intrinsics. No provider is named, since only the platform's own has them.
 *
 * <p>What was searched is around this class, in {@link XtsTweaks} and {@link XtsWorker}: the
 * instructions of the platform leave nothing to arrange here. To check a new JDK: {@code
 * XtsBenchmark -p chain=AES -p bytes=16384}, kernel auto to portable: about 50 to 1; below 30 the
 * intrinsic is not reached.
 */
final class AesKernel implements BlockKernel {

  private final Cipher encryptor;
  private final Cipher decryptor;

  AesKernel(byte[] keys, int offset) {
    byte[] key = Arrays.copyOfRange(keys, offset, offset + BlockCipher.AES.keyBytes());
    try {
      encryptor = Cipher.getInstance("AES/ECB/NoPadding");
      decryptor = Cipher.getInstance("AES/ECB/NoPadding");
      key(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no AES with 256-bit keys", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private void key(byte[] key) throws GeneralSecurityException {
    SecretKey secret = new BorrowedKey(key);
    encryptor.init(Cipher.ENCRYPT_MODE, secret);
    decryptor.init(Cipher.DECRYPT_MODE, secret);
  }

  @Override
  public void encrypt(byte[] source, byte[] target, int length) {
    process(encryptor, source, target, length);
  }

  @Override
  public void decrypt(byte[] source, byte[] target, int length) {
    process(decryptor, source, target, length);
  }

  private static void process(Cipher cipher, byte[] source, byte[] target, int length) {
    try {
      int done = cipher.update(source, 0, length, target, 0);
      if (done != length) {
        throw new IllegalStateException("AES/ECB/NoPadding held blocks back");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keys the platform's objects anew, so that they let go of the old schedule. */
  @Override
  public void wipe() {
    try {
      key(new byte[BlockCipher.AES.keyBytes()]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key that keeps no copy of its own; {@code SecretKeySpec} would, and never wipe it. */
  private static final class BorrowedKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;

    BorrowedKey(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public String getAlgorithm() {
      return "AES";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return bytes.clone();
    }
  }
}
