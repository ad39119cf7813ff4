package dev.tcplay.crypto;

import java.util.HexFormat;
import java.util.List;

/**
 * What TrueCrypt's own code made of data and of a header. The table's head has the formulas of key
 * area and plaintext.
 */
record ModeVector(CipherSuite suite, byte[] data, byte[] header) {

  /** Returns the vectors that come with the library, of each kind of each mode at least one. */
  static List<ModeVector> all() {
    return Vectors.rows("mode-vectors.tsv").stream().map(ModeVector::of).toList();
  }

  /** Returns the vector of a row: chain, mode, data, header. */
  static ModeVector of(String[] row) {
    CipherMode mode =
        CipherMode.all().stream()
            .filter(each -> each.id().equals(row[1]))
            .findFirst()
            .orElseThrow();
    return new ModeVector(
        new CipherSuite(mode, CipherChain.parse(row[0])),
        HexFormat.of().parseHex(row[2]),
        HexFormat.of().parseHex(row[3]));
  }

  /** Returns the number of the first data unit: that of a volume behind a header of one sector. */
  long firstUnit() {
    return suite.firstUnit(DataUnitCipher.DATA_UNIT);
  }

  static byte[] keyArea() {
    byte[] keys = new byte[256];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (byte) ((i * 7 + 3) ^ ((i >> 3) * 29));
    }
    return keys;
  }

  static byte[] plainData() {
    byte[] plain = new byte[1024];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) (i * 13 + 5 + (i >> 8));
    }
    return plain;
  }

  /** Returns the part of a header behind its salt. */
  static byte[] plainHeader() {
    byte[] plain = new byte[448];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) (i * 11 + 1);
    }
    return plain;
  }

  /** Returns the name of the suite. */
  @Override
  public String toString() {
    return suite.toString();
  }
}
