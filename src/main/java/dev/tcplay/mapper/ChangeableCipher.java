package dev.tcplay.mapper;

import dev.tcplay.crypto.DataUnitCipher;
import org.jspecify.annotations.Nullable;

/** A cipher that gets another key while nobody uses it, or none for a time. */
final class ChangeableCipher implements DataUnitCipher {

  private volatile @Nullable DataUnitCipher keyed;

  /** Takes a cipher over. */
  ChangeableCipher(DataUnitCipher first) {
    keyed = first;
  }

  boolean isKeyed() {
    return keyed != null;
  }

  void set(DataUnitCipher next) {
    wipe();
    keyed = next;
  }

  void wipe() {
    DataUnitCipher before = keyed;
    keyed = null;
    if (before != null) {
      before.close();
    }
  }

  private DataUnitCipher keyed() {
    DataUnitCipher now = keyed;
    if (now == null) {
      throw new IllegalStateException("cipher is closed");
    }
    return now;
  }

  @Override
  public void encrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    keyed().encrypt(firstUnit, source, sourceOffset, target, targetOffset, length);
  }

  @Override
  public void decrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    keyed().decrypt(firstUnit, source, sourceOffset, target, targetOffset, length);
  }

  @Override
  public void close() {
    wipe();
  }
}
