package dev.tcplay.volume;

/**
 * Reads and writes the plaintext of a family's headers. A header is a salt, never encrypted, and
 * behind it fields and the keys of the volume, encrypted together. Immutable.
 */
interface HeaderCodec {

  /** What a decrypted header turns out to be. */
  enum Verdict {
    /** No header of the family: the key is wrong. */
    FOREIGN("", ""),
    /** The signature is right, but not the checksum over the fields: they may be wrong. */
    WRONG_HEADER_CRC("fields", "what they say of sizes and places may be wrong too"),
    /** The signature is right, but not the checksum over the keys: they may be wrong. */
    WRONG_KEY_CRC("key area", "its keys may be wrong too, and what is read rubbish"),
    /** The signature is right, but neither checksum. */
    WRONG_CRCS(
        "fields and key area", "sizes, places and keys may be wrong too, and what is read rubbish"),
    /** Signature and checksums are right; the fields may be read. */
    INTACT("", "");

    private final String part;
    private final String meaning;

    Verdict(String part, String meaning) {
      this.part = part;
      this.meaning = meaning;
    }

    /** Returns whether the key is right, but the header damaged. */
    boolean isDamaged() {
      return !part.isEmpty();
    }

    /** Returns what the wrong checksum is over, of a damaged header. */
    String part() {
      return part;
    }

    /** Returns what that may mean. */
    String meaning() {
      return meaning;
    }
  }

  /** Returns the bytes in a header, salt included. */
  int size();

  /** Returns the bytes of salt at its start. */
  int saltBytes();

  /** Returns where the keys of the volume begin, from the start of the salt. */
  int keyArea();

  /** Returns the bytes of the key area, of which a chain uses the first. */
  int keyAreaBytes();

  /** Returns the checksum over the key area that a decrypted header has, right or wrong. */
  int keyAreaCrc(byte[] header);

  /** Judges a decrypted header by its signature and by the checksums that its version has. */
  Verdict judge(byte[] header);

  /** Returns the fields of a header that is not foreign; they may hold any number. */
  VolumeHeader decode(byte[] header);

  /**
   * Returns the plaintext of a header with its checksums and a salt of zeros.
   *
   * @param keyArea {@link #keyAreaBytes} bytes; the caller wipes them, and the result
   */
  byte[] encode(VolumeHeader header, byte[] keyArea);
}
