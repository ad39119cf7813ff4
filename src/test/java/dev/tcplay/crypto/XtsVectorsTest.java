package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** XTS against TrueCrypt's own code. */
class XtsVectorsTest {

  record Vector(CipherChain chain, String data, String header) {
    @Override
    public String toString() {
      return chain.toString();
    }
  }

  static List<Vector> trueCryptVectors() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(XtsVectorsTest.class.getResourceAsStream("xts-vectors.tsv")),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("cipher\t"))
          .map(line -> line.split("\t"))
          .map(row -> new Vector(CipherChain.parse(row[0]), row[1], row[2]))
          .toList();
    }
  }

  private static byte[] keyArea() {
    byte[] keys = new byte[256];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (byte) ((i * 7 + 3) ^ ((i >> 3) * 29));
    }
    return keys;
  }

  @Test
  void allEightTrueCryptChainsHaveAVector() throws IOException {
    assertEquals(8, trueCryptVectors().size());
  }

  @ParameterizedTest
  @MethodSource("trueCryptVectors")
  void dataUnitsAreThoseOfTrueCrypt(Vector vector) {
    byte[] plain = new byte[1024];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) (i * 13 + 5 + (i >> 8));
    }
    try (DataUnitCipher cipher = Xts.create(vector.chain(), keyArea(), 0)) {
      byte[] result = new byte[1024];
      cipher.encrypt(1, plain, 0, result, 0, 1024);
      assertEquals(vector.data(), HexFormat.of().formatHex(result));
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
    try (DataUnitCipher cipher = Xts.create(vector.chain(), keyArea(), 0)) {
      byte[] result = new byte[512];
      cipher.encrypt(0, plain, 0, result, 0, 512);
      assertEquals(vector.header(), HexFormat.of().formatHex(result, 0, 448));
    }
  }
}
