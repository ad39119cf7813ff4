package dev.tcplay.volume;

/**
 * Reads and writes the plaintext of a family's headers. A header is a salt, never encrypted, and
 * behind it fields and the keys of the volume, encrypted together. Immutable.
 */
interface HeaderCodec {

  /** What a decrypted header turns out to be. */
  enum Verdict {
    /** No header of the family: the key is wrong. */
    FOREIGN,
    /** The signature is right and a checksum is not: the key is right, the header damaged. */
    DAMAGED,
    /** Signature and checksums are right; the fields may be read. */
    INTACT
  }

  /** Returns the bytes in a header, salt included. */
  int size();

  /** Returns the bytes of salt at its start. */
  int saltBytes();

  /** Returns where the keys of the volume begin, from the start of the salt. */
  int keyArea();

  /** Returns the bytes of the key area, of which a chain uses the first. */
  int keyAreaBytes();

  /** Judges a decrypted header by its signature and by the checksums that its version has. */
  Verdict judge(byte[] header);

  /** Returns the fields of a header that was judged intact; they may still hold any number. */
  VolumeHeader decode(byte[] header);

  /**
   * Returns the plaintext of a header with its checksums and a salt of zeros.
   *
   * @param keyArea {@link #keyAreaBytes} bytes; the caller wipes them, and the result
   */
  byte[] encode(VolumeHeader header, byte[] keyArea);
}
