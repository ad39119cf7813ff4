package dev.tcplay.crypto.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.testing.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The ciphers with 8-byte blocks over many blocks; those that the platform has against it. */
class SmallBlocksTest {

  private final Random random = new Random(Seeds.of("SmallBlocksTest"));

  @Test
  void tripleDesIsThatOfThePlatform() throws GeneralSecurityException {
    compare(BlockCipher.TRIPLE_DES, "DESede", UnaryOperator.identity());
  }

  @Test
  void blowfishIsThatOfThePlatformWithItsWordsTurned() throws GeneralSecurityException {
    compare(BlockCipher.BLOWFISH, "Blowfish", SmallBlocksTest::turned);
  }

  /** Returns bytes whose groups of four are turned around. */
  private static byte[] turned(byte[] bytes) {
    byte[] turned = new byte[bytes.length];
    IntBuffer words = ByteBuffer.wrap(turned).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    words.put(ByteBuffer.wrap(bytes).asIntBuffer());
    return turned;
  }

  private void compare(BlockCipher cipher, String name, UnaryOperator<byte[]> order)
      throws GeneralSecurityException {
    for (int blocks = 1; blocks <= 70; blocks++) {
      byte[] keys = random(cipher.keyBytes() + 5);
      byte[] key = Arrays.copyOfRange(keys, 5, keys.length);
      byte[] source = random(8 * blocks);
      BlockKernel kernel = Kernels.create(cipher, keys, 5);
      Cipher platform = Cipher.getInstance(name + "/ECB/NoPadding");
      platform.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, name));
      byte[] target = new byte[source.length];
      kernel.encrypt(source, target, source.length);
      assertArrayEquals(order.apply(platform.doFinal(order.apply(source))), target);
      kernel.decrypt(target.clone(), target, target.length);
      assertArrayEquals(source, target);
    }
  }

  @Test
  void cast5TreatsEachBlockByItself() {
    byte[] key = random(16);
    byte[] source = random(70 * 8);
    byte[] whole = new byte[source.length];
    BlockKernel kernel = Kernels.create(BlockCipher.CAST5, key, 0);
    kernel.encrypt(source, whole, source.length);
    for (int at = 0; at < source.length; at += 8) {
      byte[] block = new byte[8];
      kernel.encrypt(Arrays.copyOfRange(source, at, at + 8), block, 8);
      assertArrayEquals(block, Arrays.copyOfRange(whole, at, at + 8));
    }
    byte[] back = new byte[source.length];
    kernel.decrypt(whole, back, whole.length);
    assertArrayEquals(source, back);
  }

  @Test
  void theirKernelsArePortable() {
    assertEquals("portable", Kernels.nameOf(BlockCipher.BLOWFISH));
    assertEquals("portable", Kernels.nameOf(BlockCipher.CAST5));
    assertEquals("portable", Kernels.nameOf(BlockCipher.TRIPLE_DES));
    assertEquals("platform", Kernels.nameOf(Prf.SHA1));
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
