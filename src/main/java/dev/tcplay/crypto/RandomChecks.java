package dev.tcplay.crypto;

import static dev.tcplay.crypto.DataUnitCipher.DATA_UNIT;
import static dev.tcplay.crypto.MismatchException.check;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.BlockKernel;
import dev.tcplay.crypto.kernel.BouncyCastleHmac;
import dev.tcplay.crypto.kernel.BouncyCastleKernel;
import dev.tcplay.crypto.kernel.HmacKernel;
import dev.tcplay.crypto.kernel.Kernels;
import dev.tcplay.crypto.kernel.Prf;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** The checks of every kernel against Bouncy Castle over random keys, data and lengths. */
final class RandomChecks {

  private static final String REFERENCE = "Bouncy Castle, random data";
  private static final int BLOCK_ROUNDS = 50;
  private static final int LARGEST_BLOCKS = 512;
  private static final int MODE_ROUNDS = 4;
  private static final int LARGEST_UNITS = 40;
  private static final int MAC_ROUNDS = 20;
  private static final int LONGEST_PASSWORD = 300;
  private static final int MOST_ITERATIONS = 200;
  private static final int ARGON2_ROUNDS = 4;

  /** Makes a kernel under the key that begins at an offset of an array. */
  @FunctionalInterface
  interface BlockKernels {
    BlockKernel create(byte[] keys, int offset);
  }

  /** Makes a kernel under a password. */
  @FunctionalInterface
  interface HmacKernels {
    HmacKernel create(byte[] password);
  }

  /** Encrypts data units by a plain reference. */
  @FunctionalInterface
  private interface Reference {
    byte[] encrypt(CipherChain chain, byte[] keys, long firstUnit, byte[] data);
  }

  private final SelfTest test;
  private final Random random;

  RandomChecks(SelfTest test, Random random) {
    this.test = test;
    this.random = random;
  }

  void run() throws InterruptedException {
    for (BlockCipher cipher : BlockCipher.values()) {
      if (cipher.blockBytes() < BlockCipher.BLOCK_BYTES) {
        continue; // its only kernel is Bouncy Castle's
      }
      BlockKernels kernels = (keys, offset) -> Kernels.create(cipher, keys, offset);
      String name = Kernels.nameOf(cipher);
      test.check(cipher.displayName(), name, REFERENCE, () -> blocks(cipher, kernels, random));
    }
    modes(CipherMode.XTS, ReferenceXts::encrypt);
    modes(CipherMode.LRW, ReferenceLrw::encrypt);
    modes(CipherMode.CBC, ReferenceCbc::encrypt);
    for (Prf prf : Prf.values()) {
      String name = Kernels.nameOf(prf);
      if (prf == Prf.ARGON2ID) {
        test.check(prf.id(), name, REFERENCE, this::argon2id);
      } else {
        HmacKernels kernels = password -> Kernels.hmac(prf, password);
        test.check("HMAC-" + prf.id(), name, REFERENCE, () -> macs(prf, kernels, random));
      }
    }
  }

  private void modes(CipherMode mode, Reference reference) throws InterruptedException {
    for (CipherChain chain : mode.chains()) {
      CipherSuite suite = new CipherSuite(mode, chain);
      String name = Diagnostics.kernel(chain);
      test.check(VectorChecks.subject(suite), name, REFERENCE, () -> units(suite, reference));
    }
  }

  /** Compares a kernel with Bouncy Castle's over runs of blocks, both ways. */
  static void blocks(BlockCipher cipher, BlockKernels kernels, Random random)
      throws MismatchException {
    for (int round = 0; round < BLOCK_ROUNDS; round++) {
      int offset = random.nextInt(40);
      byte[] keys = bytes(random, offset + cipher.keyBytes());
      BlockKernel kernel = kernels.create(keys, offset);
      BlockKernel reference = new BouncyCastleKernel(cipher, keys, offset);
      byte[] source = bytes(random, BlockCipher.BLOCK_BYTES * (1 + random.nextInt(LARGEST_BLOCKS)));
      byte[] expected = new byte[source.length];
      byte[] actual = new byte[source.length];
      reference.encrypt(source, expected, source.length);
      kernel.encrypt(source, actual, source.length);
      check("encryption", expected, actual);
      reference.decrypt(source, expected, source.length);
      kernel.decrypt(source, actual, source.length);
      check("decryption", expected, actual);
      kernel.wipe();
    }
  }

  /** Compares a mode with its plain reference, at any unit number, in place and not. */
  private void units(CipherSuite suite, Reference reference) throws MismatchException {
    for (int round = 0; round < MODE_ROUNDS; round++) {
      byte[] keys = bytes(random, suite.keyBytes());
      byte[] plain = bytes(random, DATA_UNIT * (1 + random.nextInt(LARGEST_UNITS)));
      long unit = random.nextLong() >>> random.nextInt(64);
      byte[] expected = reference.encrypt(suite.chain(), keys, unit, plain);
      int offset = random.nextInt(20);
      byte[] moved = new byte[offset + plain.length];
      try (DataUnitCipher cipher = suite.dataCipher(keys, 0)) {
        cipher.encrypt(unit, plain, 0, moved, offset, plain.length);
        check("encryption", expected, Arrays.copyOfRange(moved, offset, moved.length));
        cipher.decrypt(unit, moved, offset, moved, offset, plain.length);
        check("decryption", plain, Arrays.copyOfRange(moved, offset, moved.length));
      }
    }
  }

  /** Compares a kernel with Bouncy Castle's HMAC over messages and over PBKDF2's inner loop. */
  static void macs(Prf prf, HmacKernels kernels, Random random) throws MismatchException {
    for (int round = 0; round < MAC_ROUNDS; round++) {
      byte[] password = bytes(random, random.nextInt(LONGEST_PASSWORD));
      byte[] message = bytes(random, random.nextInt(200));
      HmacKernel kernel = kernels.create(password);
      HmacKernel reference = new BouncyCastleHmac(prf, password);
      byte[] expected = new byte[prf.digestBytes()];
      byte[] actual = new byte[prf.digestBytes()];
      reference.mac(message, expected);
      kernel.mac(message, actual);
      check("MAC", expected, actual);
      byte[] expectedSum = expected.clone();
      byte[] actualSum = actual.clone();
      int iterations = random.nextInt(MOST_ITERATIONS);
      reference.iterate(expected, expectedSum, iterations);
      kernel.iterate(actual, actualSum, iterations);
      check("last MAC", expected, actual);
      check("sum of MACs", expectedSum, actualSum);
      kernel.wipe();
    }
  }

  private void argon2id()
      throws MismatchException, InsufficientMemoryException, InterruptedException {
    for (int round = 0; round < ARGON2_ROUNDS; round++) {
      byte[] password = bytes(random, random.nextInt(LONGEST_PASSWORD));
      byte[] salt = bytes(random, 64);
      int memoryKiB = 8 + random.nextInt(500);
      int passes = 1 + random.nextInt(4);
      byte[] expected = new byte[KeyDerivation.MAX_BYTES];
      reference(memoryKiB, passes, salt).generateBytes(password, expected);
      byte[] actual = new byte[KeyDerivation.MAX_BYTES];
      try (KeyDerivation derivation = KeyDerivation.argon2id(password, salt, memoryKiB, passes)) {
        derivation.derive(actual.length, actual, 0);
      }
      check("tag", expected, actual);
    }
  }

  private static Argon2BytesGenerator reference(int memoryKiB, int passes, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withParallelism(1)
            .withMemoryAsKB(memoryKiB)
            .withIterations(passes)
            .withSalt(salt)
            .build());
    return generator;
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
