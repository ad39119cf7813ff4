package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** XTS against IEEE 1619 and against TrueCrypt's own code. */
class XtsVectorsTest {

  private static final HexFormat HEX = HexFormat.of();

  record Vector(CipherChain chain, String data, String header) {
    @Override
    public String toString() {
      return chain.toString();
    }
  }

  static List<Vector> trueCryptVectors() {
    return Vectors.rows("xts-vectors.tsv").stream()
        .map(row -> new Vector(CipherChain.parse(row[0]), row[1], row[2]))
        .toList();
  }

  record IeeeVector(String number, long unit, String ciphertext) {
    @Override
    public String toString() {
      return "vector " + number;
    }
  }

  static List<IeeeVector> ieeeVectors() {
    return Vectors.rows("ieee1619-vectors.tsv").stream()
        .map(row -> new IeeeVector(row[0], Long.parseLong(row[1], 16), row[2]))
        .toList();
  }

  private static byte[] keyArea() {
    byte[] keys = new byte[256];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (byte) ((i * 7 + 3) ^ ((i >> 3) * 29));
    }
    return keys;
  }

  @Test
  void allEightTrueCryptChainsHaveVectors() {
    assertEquals(8, trueCryptVectors().size());
  }

  @ParameterizedTest
  @MethodSource("trueCryptVectors")
  void dataUnitsAreThoseOfTrueCrypt(Vector vector) {
    byte[] plain = new byte[1024];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) (i * 13 + 5 + (i >> 8));
    }
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(vector.chain(), keyArea(), 0)) {
      byte[] result = new byte[1024];
      cipher.encrypt(1, plain, 0, result, 0, 1024);
      assertEquals(vector.data(), HEX.formatHex(result));
      cipher.decrypt(1, result, 0, result, 0, 1024);
      assertArrayEquals(plain, result);
    }
  }

  @ParameterizedTest
  @MethodSource("trueCryptVectors")
  void aHeaderIsTheStartOfUnitZero(Vector vector) {
    byte[] plain = new byte[512];
    for (int i = 0; i < 448; i++) {
      plain[i] = (byte) (i * 11 + 1);
    }
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(vector.chain(), keyArea(), 0)) {
      byte[] result = new byte[512];
      cipher.encrypt(0, plain, 0, result, 0, 512);
      assertEquals(vector.header(), HEX.formatHex(result, 0, 448));
    }
  }

  @ParameterizedTest
  @MethodSource("ieeeVectors")
  void aesIsThatOfTheStandard(IeeeVector vector) {
    byte[] keys =
        HEX.parseHex(
            "2718281828459045235360287471352662497757247093699959574966967627"
                + "3141592653589793238462643383279502884197169399375105820974944592");
    byte[] plain = new byte[512];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) i;
    }
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(CipherChain.parse("AES"), keys, 0)) {
      byte[] result = new byte[512];
      cipher.encrypt(vector.unit(), plain, 0, result, 0, 512);
      assertEquals(vector.ciphertext(), HEX.formatHex(result));
      cipher.decrypt(vector.unit(), result, 0, result, 0, 512);
      assertArrayEquals(plain, result);
    }
  }
}
