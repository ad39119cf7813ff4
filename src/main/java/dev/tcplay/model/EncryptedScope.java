package dev.tcplay.model;

/**
 * Which part of a disk is encrypted, as the header of a system drive says. All numbers are bytes,
 * multiples of 512.
 *
 * @param start where the scope begins on the disk
 * @param length how long it is once it is encrypted to its end
 * @param encrypted how much of it is encrypted, from its start; the rest is plaintext, and fewer
 *     than {@code length} means that encryption or decryption was not ended
 */
public record EncryptedScope(long start, long length, long encrypted) {

  /** Returns whether encryption or decryption was not ended. */
  public boolean isPartial() {
    return encrypted < length;
  }

  /** Returns where on the disk the encrypted part ends. */
  public long encryptedUpTo() {
    return start + encrypted;
  }

  /** Returns where on the disk the scope ends. */
  public long end() {
    return start + length;
  }
}
