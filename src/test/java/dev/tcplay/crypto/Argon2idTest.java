package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Argon2idTest {

  private static final HexFormat HEX = HexFormat.of();

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] bouncyCastle(
      byte[] password, byte[] salt, int memoryKiB, int passes, int tagBytes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withParallelism(1)
            .withMemoryAsKB(memoryKiB)
            .withIterations(passes)
            .withSalt(salt)
            .build());
    byte[] tag = new byte[tagBytes];
    generator.generateBytes(password, tag);
    return tag;
  }

  record Vector(int passes, int memoryKiB, String password, String salt, String tag) {}

  static List<Vector> vectors() {
    return Vectors.rows("argon2id-vectors.tsv").stream()
        .map(
            row ->
                new Vector(
                    Integer.parseInt(row[0]), Integer.parseInt(row[1]), row[2], row[3], row[4]))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void tagsAreThosePublished(Vector vector) throws Exception {
    byte[] salt = HEX.parseHex(vector.salt());
    byte[] result;
    try (Argon2id argon2 =
        new Argon2id(ascii(vector.password()), salt, vector.memoryKiB(), vector.passes(), 32)) {
      result = argon2.output(32).clone();
    }
    assertEquals(vector.tag(), HEX.formatHex(result));
  }

  @Test
  void keysAreThoseOfBouncyCastle() throws Exception {
    Random random = new Random(Seeds.of("Argon2idTest"));
    for (int round = 0; round < 20; round++) {
      byte[] password = new byte[random.nextInt(129)];
      random.nextBytes(password);
      byte[] salt = new byte[64];
      random.nextBytes(salt);
      int memoryKiB = 8 + random.nextInt(2000);
      int passes = 1 + random.nextInt(4);
      byte[] key = new byte[192];
      try (KeyDerivation derivation = KeyDerivation.argon2id(password, salt, memoryKiB, passes)) {
        derivation.derive(192, key, 0);
      }
      assertArrayEquals(bouncyCastle(password, salt, memoryKiB, passes, 192), key);
    }
  }

  @Test
  void aShortKeyIsAPrefixOfTheLongTag() throws Exception {
    byte[] key = new byte[64];
    try (KeyDerivation derivation = KeyDerivation.argon2id(ascii("p"), new byte[64], 64, 3)) {
      derivation.derive(64, key, 0);
    }
    byte[] longTag = bouncyCastle(ascii("p"), new byte[64], 64, 3, 192);
    assertArrayEquals(Arrays.copyOf(longTag, 64), key);
    byte[] block = new byte[193];
    try (KeyDerivation derivation = KeyDerivation.argon2id(ascii("p"), new byte[64], 64, 3)) {
      derivation.deriveBlock(0, block, 1);
      assertThrows(IndexOutOfBoundsException.class, () -> derivation.deriveBlock(1, block, 0));
    }
    assertArrayEquals(longTag, Arrays.copyOfRange(block, 1, 193));
    assertFalse(Arrays.equals(bouncyCastle(ascii("p"), new byte[64], 64, 3, 64), key));
  }

  @Test
  void aHeapThatIsTooSmallIsSaidWithTheNeed() {
    try (KeyDerivation derivation =
        KeyDerivation.argon2id(ascii("p"), new byte[64], Integer.MAX_VALUE, 1)) {
      InsufficientMemoryException e =
          assertThrows(
              InsufficientMemoryException.class, () -> derivation.derive(64, new byte[64], 0));
      assertTrue(e.neededMiB() >= 1 << 21, e.getMessage());
      assertTrue(e.getMessage().contains(e.neededMiB() + " MiB"), e.getMessage());
    }
  }

  @Test
  void anInterruptEndsTheComputation() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try (KeyDerivation derivation =
                  KeyDerivation.argon2id(ascii("p"), new byte[64], 4096, Integer.MAX_VALUE)) {
                started.countDown();
                derivation.derive(64, new byte[64], 0);
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
  void anInterruptEndsTheWaitForTheTurn() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Runnable endless = () -> thrown.set(assertThrows(InterruptedException.class, () -> derive()));
    Thread first = new Thread(endless);
    Thread second = new Thread(endless);
    first.start();
    second.start();
    for (Thread thread : new Thread[] {second, first}) {
      thread.interrupt();
      thread.join(20_000);
      assertFalse(thread.isAlive());
      assertTrue(thrown.getAndSet(null) instanceof InterruptedException);
    }
  }

  private static void derive() throws InterruptedException, InsufficientMemoryException {
    try (KeyDerivation derivation =
        KeyDerivation.argon2id(ascii("p"), new byte[64], 4096, Integer.MAX_VALUE)) {
      derivation.derive(64, new byte[64], 0);
    }
  }

  @Test
  void badArgumentsAreRefused() {
    byte[] salt = new byte[64];
    assertThrows(
        IllegalArgumentException.class, () -> KeyDerivation.argon2id(salt, new byte[7], 1024, 1));
    assertThrows(IllegalArgumentException.class, () -> KeyDerivation.argon2id(salt, salt, 7, 1));
    assertThrows(IllegalArgumentException.class, () -> KeyDerivation.argon2id(salt, salt, 1024, 0));
  }

  @Test
  void aClosedDerivationRefuses() {
    KeyDerivation derivation = KeyDerivation.argon2id(ascii("p"), new byte[64], 64, 1);
    derivation.close();
    assertThrows(IllegalStateException.class, () -> derivation.derive(1, new byte[1], 0));
  }
}
