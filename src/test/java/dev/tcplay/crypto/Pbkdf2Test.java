package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.crypto.kernel.HmacKernel;
import dev.tcplay.crypto.kernel.Prf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Pbkdf2Test {

  private static final HexFormat HEX = HexFormat.of();

  record Vector(
      Prf prf, String source, String password, String salt, int iterations, String output) {

    KeyDerivation derivation() {
      return KeyDerivation.pbkdf2(
          prf, password.getBytes(StandardCharsets.UTF_8), HEX.parseHex(salt), iterations);
    }

    @Override
    public String toString() {
      return prf + ", " + source + ", " + iterations;
    }
  }

  static List<Vector> vectors() {
    return Vectors.rows("pbkdf2-vectors.tsv").stream()
        .map(
            row ->
                new Vector(
                    Prf.parse(row[0]), row[1], row[2], row[3], Integer.parseInt(row[4]), row[5]))
        .toList();
  }

  static List<Prf> hashes() {
    return Arrays.stream(Prf.values()).filter(prf -> prf != Prf.ARGON2ID).toList();
  }

  private static KeyDerivation derivation(Prf prf, int iterations) {
    return KeyDerivation.pbkdf2(prf, new byte[] {1, 2, 3}, new byte[64], iterations);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void keysAreThosePublished(Vector vector) throws Exception {
    byte[] key = new byte[vector.output().length() / 2];
    try (KeyDerivation derivation = vector.derivation()) {
      derivation.derive(key.length, key, 0);
    }
    assertEquals(vector.output(), HEX.formatHex(key));
  }

  @ParameterizedTest
  @MethodSource("hashes")
  void everyLengthIsAPrefixOfTheLongest(Prf prf) throws Exception {
    byte[] whole = new byte[192];
    try (KeyDerivation derivation = derivation(prf, 7)) {
      derivation.derive(192, whole, 0);
    }
    try (KeyDerivation derivation = derivation(prf, 7)) {
      for (int length = 0; length <= 192; length++) {
        byte[] target = new byte[length + 2];
        derivation.derive(length, target, 1);
        assertArrayEquals(Arrays.copyOf(whole, length), Arrays.copyOfRange(target, 1, length + 1));
        assertEquals(0, target[0]);
        assertEquals(0, target[length + 1]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("hashes")
  void blocksByThemselvesMakeUpTheKey(Prf prf) throws Exception {
    byte[] whole = new byte[192];
    try (KeyDerivation derivation = derivation(prf, 7)) {
      derivation.derive(192, whole, 0);
    }
    int size = prf.digestBytes();
    int last = (192 - 1) / size;
    byte[] blocks = new byte[(last + 1) * size];
    try (KeyDerivation derivation = derivation(prf, 7)) {
      for (int index = last; index >= 0; index--) {
        derivation.deriveBlock(index, blocks, index * size);
      }
      assertThrows(IndexOutOfBoundsException.class, () -> derivation.deriveBlock(-1, blocks, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> derivation.deriveBlock(1000, blocks, 0));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> derivation.deriveBlock(0, blocks, blocks.length - size + 1));
    }
    assertArrayEquals(whole, Arrays.copyOf(blocks, 192));
  }

  @Test
  void onlyMissingBlocksAreComputed() throws Exception {
    // So many iterations never end; the bytes at hand must not start another block.
    try (KeyDerivation derivation = derivation(Prf.SHA512, Integer.MAX_VALUE)) {
      derivation.derive(0, new byte[0], 0);
    }
    byte[] first = new byte[64];
    byte[] again = new byte[64];
    try (KeyDerivation derivation = derivation(Prf.SHA512, 50)) {
      derivation.derive(64, first, 0);
      Thread.currentThread().interrupt(); // a computation would notice
      derivation.derive(64, again, 0);
      assertTrue(Thread.interrupted());
    }
    assertArrayEquals(first, again);
  }

  /** The 64 bytes that open a volume under one cipher are one block of SHA-512. */
  @Test
  void sixtyFourBytesUnderSha512CostAThirdOf192() throws Exception {
    long one = hmacsFor(64);
    assertEquals(500_000, one);
    assertEquals(3 * one, hmacsFor(192));
  }

  private static long hmacsFor(int length) throws Exception {
    CountingHmac hmac = new CountingHmac();
    try (KeyDerivation derivation = new Pbkdf2(Prf.SHA512, hmac, new byte[64], 500_000)) {
      derivation.derive(length, new byte[length], 0);
    }
    return hmac.count;
  }

  /** Counts MACs instead of computing them. */
  private static final class CountingHmac implements HmacKernel {
    long count;

    @Override
    public void mac(byte[] message, byte[] target) {
      count++;
    }

    @Override
    public void iterate(byte[] u, byte[] sum, int rounds) {
      count += rounds;
    }

    @Override
    public void wipe() {
      // It holds no key.
    }
  }

  @Test
  void passwordAndSaltAreCopied() throws Exception {
    byte[] password = {1, 2, 3};
    byte[] salt = new byte[64];
    byte[] key = new byte[64];
    byte[] expected = new byte[64];
    try (KeyDerivation derivation = derivation(Prf.WHIRLPOOL, 3)) {
      derivation.derive(64, expected, 0);
    }
    try (KeyDerivation derivation = KeyDerivation.pbkdf2(Prf.WHIRLPOOL, password, salt, 3)) {
      Arrays.fill(password, (byte) 9);
      Arrays.fill(salt, (byte) 9);
      derivation.derive(64, key, 0);
    }
    assertArrayEquals(expected, key);
  }

  @ParameterizedTest
  @MethodSource("hashes")
  void anInterruptEndsTheComputation(Prf prf) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try (KeyDerivation derivation = derivation(prf, Integer.MAX_VALUE)) {
                started.countDown();
                derivation.derive(192, new byte[192], 0);
              } catch (InterruptedException | InsufficientMemoryException | RuntimeException e) {
                thrown.set(e);
              }
            });
    thread.start();
    started.await();
    thread.interrupt();
    thread.join(20_000);
    assertFalse(thread.isAlive());
    assertTrue(thrown.get() instanceof InterruptedException, () -> "" + thrown.get());
  }

  @Test
  void badArgumentsAreRefused() {
    byte[] none = {};
    assertThrows(
        IllegalArgumentException.class, () -> KeyDerivation.pbkdf2(Prf.SHA256, none, none, 0));
    assertThrows(
        IllegalArgumentException.class, () -> KeyDerivation.pbkdf2(Prf.ARGON2ID, none, none, 1));
    try (KeyDerivation derivation = derivation(Prf.SHA256, 1)) {
      byte[] target = new byte[193];
      assertThrows(IllegalArgumentException.class, () -> derivation.derive(193, target, 0));
      assertThrows(IllegalArgumentException.class, () -> derivation.derive(-1, target, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> derivation.derive(192, target, 2));
    }
  }

  @Test
  void aClosedDerivationRefuses() {
    KeyDerivation derivation = derivation(Prf.STREEBOG, 1);
    derivation.close();
    derivation.close();
    assertThrows(IllegalStateException.class, () -> derivation.derive(1, new byte[1], 0));
    assertThrows(IllegalStateException.class, () -> derivation.deriveBlock(0, new byte[64], 0));
  }
}
