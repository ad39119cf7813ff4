package dev.tcplay.crypto.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.tcplay.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.Digest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every HMAC kernel against Bouncy Castle's, over random passwords and rounds. */
class HmacKernelTest {

  private static final int LONGEST = 300;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ARGON2ID")
  void macsOfMessagesOfEveryLengthAreThoseOfBouncyCastle(Prf prf) {
    Random random = new Random(Seeds.of("HmacKernelTest lengths " + prf));
    int block = prf.blockBytes();
    for (int length : new int[] {0, 1, block - 1, block, block + 1, 2 * block, LONGEST}) {
      byte[] password = new byte[length];
      random.nextBytes(password);
      HmacKernel kernel = Kernels.hmac(prf, password);
      HmacKernel reference = new BouncyCastleHmac(prf, password);
      for (int size = 0; size <= LONGEST; size++) {
        byte[] message = new byte[size];
        random.nextBytes(message);
        byte[] mac = new byte[prf.digestBytes()];
        kernel.mac(message, mac);
        byte[] expected = new byte[prf.digestBytes()];
        reference.mac(message, expected);
        assertArrayEquals(expected, mac, () -> "%d, %d".formatted(length, message.length));
      }
    }
  }

  /** Bytes of ones alone carry through all of Streebog's sum. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ARGON2ID")
  void hashesOfMessagesOfEveryLengthAreThoseOfBouncyCastle(Prf prf) {
    Random random = new Random(Seeds.of("HmacKernelTest hashes " + prf));
    for (int size = 0; size <= LONGEST; size++) {
      byte[] message = new byte[size];
      random.nextBytes(message);
      assertArrayEquals(referenceHash(prf, message), MessageHash.of(prf, message));
      Arrays.fill(message, (byte) 0xff);
      assertArrayEquals(referenceHash(prf, message), MessageHash.of(prf, message));
    }
  }

  private static byte[] referenceHash(Prf prf, byte[] message) {
    Digest digest = BouncyCastleHmac.digest(prf);
    digest.update(message, 0, message.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ARGON2ID")
  void macsAndRoundsAreThoseOfBouncyCastle(Prf prf) {
    Random random = new Random(Seeds.of("HmacKernelTest " + prf));
    for (int length = 0; length <= 2 * prf.blockBytes() + 1; length++) {
      byte[] password = new byte[length];
      random.nextBytes(password);
      byte[] message = new byte[random.nextInt(200)];
      random.nextBytes(message);
      int rounds = random.nextInt(20);
      HmacKernel kernel = Kernels.hmac(prf, password);
      HmacKernel reference = new BouncyCastleHmac(prf, password);

      byte[] u = new byte[prf.digestBytes()];
      byte[] sum = new byte[prf.digestBytes()];
      kernel.mac(message, u);
      byte[] expectedU = new byte[prf.digestBytes()];
      byte[] expectedSum = new byte[prf.digestBytes()];
      reference.mac(message, expectedU);
      assertArrayEquals(expectedU, u);

      random.nextBytes(sum);
      System.arraycopy(sum, 0, expectedSum, 0, sum.length);
      kernel.iterate(u, sum, rounds);
      reference.iterate(expectedU, expectedSum, rounds);
      assertArrayEquals(expectedU, u);
      assertArrayEquals(expectedSum, sum);
      kernel.wipe();
    }
  }

  /** The kernel of SHA-2 changes from our code to the platform's in the course of its rounds. */
  @ParameterizedTest
  @EnumSource(names = {"SHA256", "SHA512"})
  void bothWaysToSha2AreThoseOfBouncyCastle(Prf prf) {
    Random random = new Random(Seeds.of("HmacKernelTest both ways " + prf));
    for (int i = 0; i < 20; i++) {
      byte[] password = new byte[random.nextInt(2 * prf.blockBytes())];
      random.nextBytes(password);
      byte[] first = new byte[prf.digestBytes()];
      random.nextBytes(first);
      int rounds = 1 + random.nextInt(2000);
      byte[] expected = iterated(new BouncyCastleHmac(prf, password), first, rounds);
      HmacIteration words = prf == Prf.SHA512 ? new WordSha512(password) : new WordSha256(password);
      assertArrayEquals(expected, iterated(words, first, rounds));
      assertArrayEquals(expected, iterated(new DigestHmac(prf, password), first, rounds));
      assertArrayEquals(expected, iterated(new Sha2Hmac(prf, password), first, rounds));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHA256", "SHA512"})
  void longDerivationsByChangingCodeStayRight(Prf prf) {
    byte[] password = {1, 2, 3};
    byte[] first = new byte[prf.digestBytes()];
    HmacIteration changing = new Sha2Hmac(prf, password);
    byte[] u = first.clone();
    byte[] sum = new byte[first.length];
    for (int i = 0; i < 100; i++) {
      changing.iterate(u, sum, 1000);
    }
    assertArrayEquals(
        iterated(new BouncyCastleHmac(prf, password), first, 100_000), joined(u, sum));
  }

  private static byte[] iterated(HmacIteration kernel, byte[] first, int rounds) {
    byte[] u = first.clone();
    byte[] sum = new byte[first.length];
    kernel.iterate(u, sum, rounds);
    kernel.wipe();
    return joined(u, sum);
  }

  private static byte[] joined(byte[] u, byte[] sum) {
    byte[] both = Arrays.copyOf(u, u.length + sum.length);
    System.arraycopy(sum, 0, both, u.length, sum.length);
    return both;
  }
}
