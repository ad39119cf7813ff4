package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.tcplay.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every HMAC kernel against Bouncy Castle's, over random passwords and rounds. */
class HmacKernelTest {

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
}
