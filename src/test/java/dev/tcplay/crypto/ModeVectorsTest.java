package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All modes against TrueCrypt's own code, XTS and LRW also against IEEE's vectors. */
class ModeVectorsTest {

  private static final HexFormat HEX = HexFormat.of();

  private static final Path SHARED = Path.of("../shared/spec/legacy-vectors.tsv");

  static List<ModeVector> trueCryptVectors() {
    return ModeVector.all();
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

  @Test
  void allEightChainsOfTrueCryptInXtsAndEachKindOfOlderModesHaveVectors() {
    Set<String> names =
        trueCryptVectors().stream().map(ModeVector::toString).collect(Collectors.toSet());
    assertEquals(8, names.stream().filter(name -> name.endsWith("XTS")).count());
    assertEquals(
        Set.of(
            "AES in CBC",
            "AES-Twofish-Serpent in CBC",
            "AES-Blowfish-Serpent in CBC",
            "AES in LRW",
            "Blowfish in LRW"),
        names.stream().filter(name -> !name.endsWith("XTS")).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("trueCryptVectors")
  void dataUnitsAreThoseOfTrueCrypt(ModeVector vector) {
    checkData(vector);
  }

  @ParameterizedTest
  @MethodSource("trueCryptVectors")
  void headersAreThoseOfTrueCrypt(ModeVector vector) {
    checkHeader(vector);
  }

  @Test
  void everyChainInEveryModeOfTrueCryptIsThatOfTrueCrypt() throws IOException {
    assumeTrue(Files.exists(SHARED), "no table of all vectors");
    List<ModeVector> vectors =
        Files.readAllLines(SHARED).stream()
            .filter(line -> !line.startsWith("#"))
            .skip(1)
            .map(line -> ModeVector.of(line.split("\t")))
            .toList();
    Set<CipherSuite> suites = vectors.stream().map(ModeVector::suite).collect(Collectors.toSet());
    for (CipherMode mode : CipherMode.all()) {
      mode.chains().stream()
          .filter(CipherChain::isTrueCrypts)
          .map(chain -> new CipherSuite(mode, chain))
          .forEach(suite -> assertEquals(true, suites.contains(suite), suite::toString));
    }
    assertEquals(32, suites.size());
    for (ModeVector vector : vectors) {
      checkData(vector);
      checkHeader(vector);
    }
  }

  private static void checkData(ModeVector vector) {
    byte[] plain = ModeVector.plainData();
    try (DataUnitCipher cipher = vector.suite().dataCipher(ModeVector.keyArea(), 0)) {
      byte[] result = new byte[1024];
      cipher.encrypt(vector.firstUnit(), plain, 0, result, 0, 1024);
      assertArrayEquals(vector.data(), result, vector::toString);
      cipher.decrypt(vector.firstUnit(), result, 0, result, 0, 1024);
      assertArrayEquals(plain, result, vector::toString);
    }
  }

  /** With a salt in front, which stays. */
  private static void checkHeader(ModeVector vector) {
    byte[] header = new byte[512];
    Arrays.fill(header, 0, 64, (byte) 7);
    byte[] salt = Arrays.copyOf(header, 64);
    System.arraycopy(ModeVector.plainHeader(), 0, header, 64, 448);
    byte[] key = ModeVector.keyArea();
    byte[] encrypted = vector.suite().encryptedHeader(key, header, 64);
    assertArrayEquals(vector.header(), Arrays.copyOfRange(encrypted, 64, 512), vector::toString);
    assertArrayEquals(salt, Arrays.copyOf(encrypted, 64));
    assertArrayEquals(header, vector.suite().decryptedHeader(key, encrypted, 64), vector::toString);
    assertArrayEquals(ModeVector.keyArea(), key);
  }

  @ParameterizedTest
  @MethodSource("ieeeVectors")
  void xtsIsThatOfTheStandard(IeeeVector vector) {
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

  static List<String[]> lrwVectors() {
    return Vectors.rows("lrw-vectors.tsv");
  }

  /** The plain reference, too, gives the block, wherever it lies in its unit. */
  @ParameterizedTest
  @MethodSource("lrwVectors")
  void lrwIsThatOfTheDraft(
      String index, String tweakKey, String key, String plain, String encrypted) {
    CipherChain chain = CipherChain.parse("AES");
    byte[] keys = HEX.parseHex(tweakKey + "00".repeat(16) + key);
    long before = Long.parseLong(index, 16) - 1;
    int at = (int) (before % 32 * 16);
    byte[] data = new byte[512];
    System.arraycopy(HEX.parseHex(plain), 0, data, at, 16);
    byte[] reference = ReferenceLrw.encrypt(chain, keys, before / 32, data);
    assertEquals(encrypted, HEX.formatHex(reference, at, at + 16));
    try (DataUnitCipher cipher = CipherMode.LRW.dataCipher(chain, keys, 0)) {
      cipher.encrypt(before / 32, data, 0, data, 0, 512);
      assertEquals(encrypted, HEX.formatHex(data, at, at + 16));
      cipher.decrypt(before / 32, data, 0, data, 0, 512);
      assertEquals(plain, HEX.formatHex(data, at, at + 16));
    }
  }
}
