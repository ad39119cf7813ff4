package dev.tcplay.crypto;

import java.util.List;

/**
 * A mode of operation of the container formats: which chains it is used with, how their keys lie in
 * a key area, how a header is encrypted, and how data units are counted. Immutable and safe for any
 * number of threads.
 */
public interface CipherMode {

  /** XTS (IEEE 1619), the mode of TrueCrypt 5 to 7 and of VeraCrypt. */
  CipherMode XTS = new XtsMode();

  /** LRW (IEEE P1619, draft of 2004), the mode of TrueCrypt 4.1 to 4.3. */
  CipherMode LRW = new LrwMode();

  /** CBC with whitening, the mode of TrueCrypt 1 to 4.0. */
  CipherMode CBC = new CbcMode();

  /** Returns all modes, the newest first. */
  static List<CipherMode> all() {
    return List.of(XTS, LRW, CBC);
  }

  /** Returns the newest mode that a chain is used in. */
  static CipherMode newest(CipherChain chain) {
    return all().stream()
        .filter(mode -> mode.chains().contains(chain))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no mode has the chain " + chain));
  }

  /** Returns the name that facts are printed by: {@code xts}, {@code lrw} or {@code cbc}. */
  String id();

  /**
   * Returns how data units are made different from each other, by the name that Linux's dm-crypt
   * has for it: {@code plain64}, {@code benbi} or {@code tcw}.
   */
  String tweak();

  /** Returns the chains that volumes use in this mode, those with the fewest key bytes first. */
  List<CipherChain> chains();

  /** Returns where the keys of a chain lie. */
  KeyLayout layout(CipherChain chain);

  /**
   * Returns the number of the first data unit of a volume: in XTS that of its place in the host, in
   * LRW 0, in CBC 1.
   *
   * @param dataOffset where the data area begins in its host, in bytes, a multiple of {@link
   *     DataUnitCipher#DATA_UNIT}
   */
  long firstUnit(long dataOffset);

  /**
   * Returns the cipher of a data area, with copies of its keys.
   *
   * @param keys holds a key area; the caller wipes it
   * @param offset where the key area begins
   * @throws IndexOutOfBoundsException if the keys reach beyond the array
   */
  DataUnitCipher dataCipher(CipherChain chain, byte[] keys, int offset);

  /**
   * Encrypts the part of a header behind its salt, in place.
   *
   * @param key a derived key, which begins with as many bytes as the chain's layout has
   * @param header the header, salt included
   * @param saltBytes bytes of salt at its start, which stay as they are
   * @throws IllegalArgumentException if the mode cannot encrypt so many bytes
   */
  void encryptHeader(CipherChain chain, byte[] key, byte[] header, int saltBytes);

  /** Decrypts the part of a header behind its salt, in place; the twin of {@code encryptHeader}. */
  void decryptHeader(CipherChain chain, byte[] key, byte[] header, int saltBytes);
}
