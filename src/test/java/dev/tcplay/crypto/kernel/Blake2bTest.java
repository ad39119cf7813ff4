package dev.tcplay.crypto.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.Test;

class Blake2bTest {

  private final Random random = new Random(Seeds.of("Blake2bTest"));

  private static byte[] reference(int digestBytes, byte[] message) {
    Blake2bDigest digest = new Blake2bDigest(8 * digestBytes);
    digest.update(message, 0, message.length);
    byte[] result = new byte[digestBytes];
    digest.doFinal(result, 0);
    return result;
  }

  @Test
  void theVectorOfTheRfcIsMet() {
    assertEquals(
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
            + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
        HexFormat.of().formatHex(Blake2b.hash(64, "abc".getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void messagesOfEveryLengthInPartsHashLikeBouncyCastles() {
    for (int length = 0; length <= 300; length++) {
      byte[] message = new byte[length];
      random.nextBytes(message);
      int cut = random.nextInt(length + 1);
      byte[] begin = Arrays.copyOf(message, cut);
      byte[] end = Arrays.copyOfRange(message, cut, length);
      assertArrayEquals(reference(64, message), Blake2b.hash(64, begin, new byte[0], end));
    }
  }

  @Test
  void digestsOfEveryLengthAreLikeBouncyCastles() {
    for (int digestBytes = 1; digestBytes <= 64; digestBytes++) {
      for (int length : new int[] {0, 1, 127, 128, 129, 1000}) {
        byte[] message = new byte[length];
        random.nextBytes(message);
        assertArrayEquals(reference(digestBytes, message), Blake2b.hash(digestBytes, message));
      }
    }
  }
}
