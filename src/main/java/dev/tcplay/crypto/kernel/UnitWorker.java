package dev.tcplay.crypto.kernel;

/** A keyed chain in one mode over whole data units. Confined to one caller at a time. */
public interface UnitWorker {

  /** Encrypts whole data units; source and target may be the same place. */
  void encrypt(
      long firstUnit, byte[] source, int sourceOffset, byte[] target, int targetOffset, int length);

  /** Decrypts whole data units; source and target may be the same place. */
  void decrypt(
      long firstUnit, byte[] source, int sourceOffset, byte[] target, int targetOffset, int length);

  /** Wipes data and keys. */
  void wipe();
}
