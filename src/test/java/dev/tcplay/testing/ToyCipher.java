package dev.tcplay.testing;

import dev.tcplay.crypto.DataUnitCipher;
import java.util.Objects;

/** A cipher that is easy to foresee: every byte is XORed with one that its unit gives. */
public final class ToyCipher implements DataUnitCipher {

  private volatile boolean closed;

  public boolean isClosed() {
    return closed;
  }

  public static byte mask(long unit, int index) {
    return (byte) (unit * 31 + index * 7L + 0x5A);
  }

  @Override
  public void encrypt(
      long firstUnit, byte[] source, int sourceOffset, byte[] target, int targetOffset, int n) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (n % DATA_UNIT != 0) {
      throw new IllegalArgumentException("not whole units: " + n);
    }
    Objects.checkFromIndexSize(sourceOffset, n, source.length);
    Objects.checkFromIndexSize(targetOffset, n, target.length);
    for (int i = 0; i < n; i++) {
      byte mask = mask(firstUnit + i / DATA_UNIT, i % DATA_UNIT);
      target[targetOffset + i] = (byte) (source[sourceOffset + i] ^ mask);
    }
  }

  @Override
  public void decrypt(
      long firstUnit, byte[] source, int sourceOffset, byte[] target, int targetOffset, int n) {
    encrypt(firstUnit, source, sourceOffset, target, targetOffset, n);
  }

  @Override
  public void close() {
    closed = true;
  }
}
