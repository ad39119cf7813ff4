package dev.tcplay.crypto;

import static dev.tcplay.crypto.MismatchException.check;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.BlockKernel;
import dev.tcplay.crypto.kernel.BouncyCastleHmac;
import dev.tcplay.crypto.kernel.Kernels;
import dev.tcplay.crypto.kernel.MessageHash;
import dev.tcplay.crypto.kernel.Prf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.crypto.Digest;

/** The checks against the published vectors that come with the library. */
final class VectorChecks {

  private static final HexFormat HEX = HexFormat.of();

  private final SelfTest test;

  VectorChecks(SelfTest test) {
    this.test = test;
  }

  void run() throws InterruptedException {
    for (String[] row : Vectors.rows("cipher-vectors.tsv")) {
      BlockCipher cipher = BlockCipher.valueOf(row[0]);
      test.check(cipher.displayName(), Kernels.nameOf(cipher), row[1], () -> block(cipher, row));
    }
    for (String[] row : Vectors.rows("ieee1619-vectors.tsv")) {
      CipherChain chain = CipherChain.parse("AES");
      String source = "IEEE 1619, vector " + row[0];
      test.check("XTS-AES", Diagnostics.kernel(chain), source, () -> ieee(chain, row));
    }
    for (String[] row : Vectors.rows("lrw-vectors.tsv")) {
      CipherChain chain = CipherChain.parse("AES");
      String source = "draft of IEEE P1619, index " + row[0];
      test.check("LRW-AES", Diagnostics.kernel(chain), source, () -> lrw(chain, row));
    }
    for (ModeVector vector : ModeVector.all()) {
      CipherSuite suite = vector.suite();
      String kernel = Diagnostics.kernel(suite.chain());
      test.check(subject(suite), kernel, "TrueCrypt 7.1a", () -> mode(vector));
    }
    for (String[] row : Vectors.rows("hash-vectors.tsv")) {
      Prf prf = Prf.valueOf(row[0]);
      test.check(prf.id(), Kernels.nameOf(prf), row[1], () -> hash(prf, row));
    }
    for (String[] row : Vectors.rows("pbkdf2-vectors.tsv")) {
      Prf prf = Prf.parse(row[0]);
      String source = "%s, iterations: %s".formatted(row[1], row[4]);
      test.check("PBKDF2-" + prf.id(), Kernels.nameOf(prf), source, () -> pbkdf2(prf, row));
    }
    for (String[] row : Vectors.rows("argon2id-vectors.tsv")) {
      String source = "reference implementation, t=%s, m=%s KiB".formatted(row[0], row[1]);
      test.check("argon2id", Kernels.nameOf(Prf.ARGON2ID), source, () -> argon2id(row));
    }
  }

  /** Returns what checks call a chain in a mode, such as {@code XTS-AES}. */
  static String subject(CipherSuite suite) {
    return suite.mode().id().toUpperCase(Locale.ROOT) + "-" + suite.chain();
  }

  private static void block(BlockCipher cipher, String[] row) throws MismatchException {
    byte[] plain = HEX.parseHex(row[3]);
    byte[] encrypted = HEX.parseHex(row[4]);
    BlockKernel kernel = Kernels.create(cipher, HEX.parseHex(row[2]), 0);
    byte[] result = new byte[plain.length];
    kernel.encrypt(plain, result, plain.length);
    check("encryption", encrypted, result);
    kernel.decrypt(encrypted, result, encrypted.length);
    check("decryption", plain, result);
  }

  private static void ieee(CipherChain chain, String[] row) throws MismatchException {
    byte[] keys =
        HEX.parseHex(
            "2718281828459045235360287471352662497757247093699959574966967627"
                + "3141592653589793238462643383279502884197169399375105820974944592");
    byte[] plain = new byte[512];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) i;
    }
    CipherSuite suite = new CipherSuite(CipherMode.XTS, chain);
    units(suite, keys, Long.parseLong(row[1], 16), plain, HEX.parseHex(row[2]));
  }

  /** Checks one block at its place in its data unit. */
  private static void lrw(CipherChain chain, String[] row) throws MismatchException {
    long before = Long.parseLong(row[0], 16) - 1;
    byte[] keys = HEX.parseHex(row[1] + "00".repeat(16) + row[2]);
    byte[] plain = HEX.parseHex(row[3]);
    int at = (int) (before * plain.length % DataUnitCipher.DATA_UNIT);
    long unit = before / (DataUnitCipher.DATA_UNIT / plain.length);
    byte[] data = new byte[DataUnitCipher.DATA_UNIT];
    System.arraycopy(plain, 0, data, at, plain.length);
    try (DataUnitCipher cipher = CipherMode.LRW.dataCipher(chain, keys, 0)) {
      cipher.encrypt(unit, data, 0, data, 0, data.length);
      check("encryption", HEX.parseHex(row[4]), Arrays.copyOfRange(data, at, at + plain.length));
      cipher.decrypt(unit, data, 0, data, 0, data.length);
      check("decryption", plain, Arrays.copyOfRange(data, at, at + plain.length));
    }
  }

  private static void mode(ModeVector vector) throws MismatchException {
    CipherSuite suite = vector.suite();
    byte[] keys = ModeVector.keyArea();
    units(suite, keys, vector.firstUnit(), ModeVector.plainData(), vector.data());
    byte[] plain = ModeVector.plainHeader();
    check("encrypted header", vector.header(), suite.encryptedHeader(keys, plain, 0));
    check("decrypted header", plain, suite.decryptedHeader(keys, vector.header(), 0));
  }

  private static void units(
      CipherSuite suite, byte[] keys, long unit, byte[] plain, byte[] encrypted)
      throws MismatchException {
    try (DataUnitCipher cipher = suite.dataCipher(keys, 0)) {
      byte[] result = new byte[plain.length];
      cipher.encrypt(unit, plain, 0, result, 0, plain.length);
      check("encryption", encrypted, result);
      cipher.decrypt(unit, encrypted, 0, result, 0, encrypted.length);
      check("decryption", plain, result);
    }
  }

  /** Checks a hash by itself, as it shortens a long password, and its reference. */
  private static void hash(Prf prf, String[] row) throws MismatchException {
    byte[] message = HEX.parseHex(row[2]);
    byte[] expected = HEX.parseHex(row[3]);
    check("digest", expected, MessageHash.of(prf, message));
    byte[] reference = new byte[expected.length];
    Digest digest = BouncyCastleHmac.digest(prf);
    digest.update(message, 0, message.length);
    digest.doFinal(reference, 0);
    check("Bouncy Castle's digest", expected, reference);
  }

  private static void pbkdf2(Prf prf, String[] row)
      throws MismatchException, InsufficientMemoryException, InterruptedException {
    byte[] password = row[2].getBytes(StandardCharsets.US_ASCII);
    byte[] expected = HEX.parseHex(row[5]);
    byte[] key = new byte[expected.length];
    try (KeyDerivation derivation =
        KeyDerivation.pbkdf2(prf, password, HEX.parseHex(row[3]), Integer.parseInt(row[4]))) {
      derivation.derive(key.length, key, 0);
    }
    check("key", expected, key);
  }

  private static void argon2id(String[] row)
      throws MismatchException, InsufficientMemoryException, InterruptedException {
    byte[] password = row[2].getBytes(StandardCharsets.US_ASCII);
    byte[] expected = HEX.parseHex(row[4]);
    int passes = Integer.parseInt(row[0]);
    int memoryKiB = Integer.parseInt(row[1]);
    try (Argon2id argon2 =
        new Argon2id(password, HEX.parseHex(row[3]), memoryKiB, passes, expected.length)) {
      check("tag", expected, argon2.output(expected.length).clone());
    }
  }
}
