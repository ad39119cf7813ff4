package dev.tcplay.crypto.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every cipher's kernel against Bouncy Castle's engine, and how a kernel is chosen. */
class KernelEqualityTest {

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BLOWFISH", "CAST5", "TRIPLE_DES"})
  void blocksAreThoseOfBouncyCastle(BlockCipher cipher) {
    Random random = new Random(Seeds.of("KernelEqualityTest " + cipher));
    for (int round = 0; round < 60; round++) {
      byte[] keys = new byte[32 + random.nextInt(40)];
      random.nextBytes(keys);
      int offset = random.nextInt(keys.length - 31);
      BlockKernel kernel = Kernels.create(cipher, keys, offset);
      BlockKernel reference = new BouncyCastleKernel(cipher, keys, offset);

      int length = 16 * (1 + random.nextInt(round < 50 ? 70 : 1600));
      byte[] source = new byte[length + random.nextInt(3)];
      random.nextBytes(source);
      byte[] target = new byte[source.length];
      byte[] expected = new byte[source.length];
      kernel.encrypt(source, target, length);
      reference.encrypt(source, expected, length);
      assertArrayEquals(expected, target);
      kernel.decrypt(source, target, length);
      reference.decrypt(source, expected, length);
      assertArrayEquals(expected, target);
      kernel.wipe();
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BLOWFISH", "CAST5", "TRIPLE_DES"})
  void warmedUpCodeStaysRight(BlockCipher cipher) {
    // Long enough that the optimising compiler has replaced the interpreter's work.
    Random random = new Random(Seeds.of("KernelEqualityTest warm " + cipher));
    byte[] key = new byte[32];
    random.nextBytes(key);
    BlockKernel kernel = Kernels.create(cipher, key, 0);
    BlockKernel reference = new BouncyCastleKernel(cipher, key, 0);
    byte[] plain = new byte[8192];
    random.nextBytes(plain);
    byte[] expected = new byte[plain.length];
    reference.encrypt(plain, expected, plain.length);
    byte[] encrypted = new byte[plain.length];
    byte[] decrypted = new byte[plain.length];
    for (int round = 0; round < 600; round++) {
      kernel.encrypt(plain, encrypted, plain.length);
      kernel.decrypt(encrypted, decrypted, plain.length);
      if (round % 100 == 99) {
        assertArrayEquals(expected, encrypted);
        assertArrayEquals(plain, decrypted);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BLOWFISH", "CAST5", "TRIPLE_DES"})
  void anyNumberOfBlocksIsRightAfterManyCalls(BlockCipher cipher) {
    // More calls than a kernel treats in a way of its own, for the virtual machine's sake.
    int calls = Math.max(SerpentPace.COUNTED_CALLS, IdleCalls.MOST) + 1;
    Random random = new Random(Seeds.of("KernelEqualityTest late " + cipher));
    byte[] key = new byte[32];
    random.nextBytes(key);
    BlockKernel kernel = Kernels.create(cipher, key, 0);
    BlockKernel reference = new BouncyCastleKernel(cipher, key, 0);
    byte[] source = new byte[200 * 16];
    random.nextBytes(source);
    byte[] target = new byte[source.length];
    byte[] expected = new byte[source.length];
    for (int call = 0; call < calls; call++) {
      kernel.encrypt(source, target, 16);
      kernel.decrypt(source, target, 16);
    }
    for (int blocks = 1; blocks <= 200; blocks++) {
      kernel.encrypt(source, target, 16 * blocks);
      reference.encrypt(source, expected, 16 * blocks);
      assertArrayEquals(expected, target);
      kernel.decrypt(source, target, 16 * blocks);
      reference.decrypt(source, expected, 16 * blocks);
      assertArrayEquals(expected, target);
      random.nextBytes(target); // only what was asked for is written, also over this
      System.arraycopy(target, 0, expected, 0, target.length);
    }
  }

  @Test
  void theKernelInUseHasAName() {
    assertEquals("platform", Kernels.nameOf(BlockCipher.AES));
    assertEquals("lanes", Kernels.nameOf(BlockCipher.SERPENT));
    assertEquals("platform", Kernels.nameOf(Prf.SHA512));
    assertEquals("tables", Kernels.nameOf(Prf.STREEBOG));
  }

  @Test
  void thePropertyKnowsAutoAndPortable() {
    assertFalse(Kernels.isPortable(null));
    assertFalse(Kernels.isPortable(""));
    assertFalse(Kernels.isPortable("auto"));
    assertTrue(Kernels.isPortable("portable"));
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> Kernels.isPortable("portabel"));
    assertTrue(e.getMessage().contains("tcplay.kernel"), e.getMessage());
  }
}
