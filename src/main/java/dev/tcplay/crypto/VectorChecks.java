package dev.tcplay.crypto;

import static dev.tcplay.crypto.MismatchException.check;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.BlockKernel;
import dev.tcplay.crypto.kernel.BouncyCastleHmac;
import dev.tcplay.crypto.kernel.Kernels;
import dev.tcplay.crypto.kernel.MessageHash;
import dev.tcplay.crypto.kernel.Prf;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
    for (String[] row : Vectors.rows("xts-vectors.tsv")) {
      CipherChain chain = CipherChain.parse(row[0]);
      String kernel = Diagnostics.kernel(chain);
      test.check("XTS-" + chain, kernel, "TrueCrypt 7.1a", () -> trueCrypt(chain, row));
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
    xts(chain, keys, Long.parseLong(row[1], 16), plain, HEX.parseHex(row[2]));
  }

  /** Key area and plaintext follow the formulas in the head of the table. */
  private static void trueCrypt(CipherChain chain, String[] row) throws MismatchException {
    byte[] keys = new byte[256];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (byte) ((i * 7 + 3) ^ ((i >> 3) * 29));
    }
    byte[] plain = new byte[1024];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) (i * 13 + 5 + (i >> 8));
    }
    xts(chain, keys, 1, plain, HEX.parseHex(row[1]));
  }

  private static void xts(CipherChain chain, byte[] keys, long unit, byte[] plain, byte[] encrypted)
      throws MismatchException {
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(chain, keys, 0)) {
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
