package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LRW and CBC against plain references, which work block by block. */
class OlderModesTest {

  private static final int UNIT = DataUnitCipher.DATA_UNIT;

  static List<CipherSuite> suites() {
    return Stream.of(CipherMode.LRW, CipherMode.CBC)
        .flatMap(mode -> mode.chains().stream().map(chain -> new CipherSuite(mode, chain)))
        .toList();
  }

  /** One of each kind: both blocks in LRW, one cipher, outer and inner cascades in CBC. */
  static List<CipherSuite> kinds() {
    return List.of(
        new CipherSuite(CipherMode.LRW, CipherChain.parse("AES-Twofish-Serpent")),
        new CipherSuite(CipherMode.LRW, CipherChain.parse("CAST5")),
        new CipherSuite(CipherMode.CBC, CipherChain.parse("Twofish")),
        new CipherSuite(CipherMode.CBC, CipherChain.parse("Triple DES")),
        new CipherSuite(CipherMode.CBC, CipherChain.parse("Serpent-Twofish-AES")),
        new CipherSuite(CipherMode.CBC, CipherChain.parse("AES-Blowfish-Serpent")));
  }

  private static byte[] encrypted(CipherSuite suite, byte[] keys, long unit, byte[] data) {
    return suite.mode() == CipherMode.LRW
        ? ReferenceLrw.encrypt(suite.chain(), keys, unit, data)
        : ReferenceCbc.encrypt(suite.chain(), keys, unit, data);
  }

  private static byte[] decrypted(CipherSuite suite, byte[] keys, long unit, byte[] data) {
    return suite.mode() == CipherMode.LRW
        ? ReferenceLrw.decrypt(suite.chain(), keys, unit, data)
        : ReferenceCbc.decrypt(suite.chain(), keys, unit, data);
  }

  @ParameterizedTest
  @MethodSource("suites")
  void unitsAreThoseOfTheReference(CipherSuite suite) {
    Random random = new Random(Seeds.of("OlderModesTest " + suite));
    byte[] keys = random(random, suite.keyBytes());
    try (DataUnitCipher cipher = suite.dataCipher(keys, 0)) {
      for (int units : new int[] {1, 2, 3, 7, 16, 17, 33, 129 + random.nextInt(30)}) {
        long unit = random.nextLong() >>> random.nextInt(64);
        byte[] plain = random(random, units * UNIT);
        byte[] expected = encrypted(suite, keys, unit, plain);
        assertArrayEquals(plain, decrypted(suite, keys, unit, expected));
        int from = random.nextInt(40);
        int to = random.nextInt(40);
        byte[] source = moved(plain, from);
        byte[] target = random(random, to + plain.length + 3);
        byte[] around = target.clone();
        cipher.encrypt(unit, source, from, target, to, plain.length);
        System.arraycopy(expected, 0, around, to, expected.length);
        assertArrayEquals(around, target, () -> units + " units from " + unit);
        assertArrayEquals(moved(plain, from), source);
        byte[] back = new byte[from + plain.length];
        cipher.decrypt(unit, target, to, back, from, plain.length);
        assertArrayEquals(source, back, () -> units + " units from " + unit);
        cipher.encrypt(unit, source, from, source, from, plain.length);
        assertArrayEquals(moved(expected, from), source);
        cipher.decrypt(unit, source, from, source, from, plain.length);
        assertArrayEquals(back, source);
      }
    }
  }

  /** Where indices of blocks carry far, and where numbers leave 32, 58 or 63 bits. */
  @ParameterizedTest
  @MethodSource("kinds")
  void unitsAcrossPowersOfTwoAreThoseOfTheReference(CipherSuite suite) {
    Random random = new Random(Seeds.of("OlderModesTest powers " + suite));
    byte[] keys = random(random, suite.keyBytes());
    byte[] plain = random(random, 4 * UNIT);
    byte[] data = new byte[plain.length];
    try (DataUnitCipher cipher = suite.dataCipher(keys, 0)) {
      for (int bit = 0; bit <= 64; bit++) {
        long unit = (bit == 64 ? 0 : 1L << bit) - 2;
        cipher.encrypt(unit, plain, 0, data, 0, plain.length);
        assertArrayEquals(encrypted(suite, keys, unit, plain), data, "bit " + bit);
        cipher.decrypt(unit, data, 0, data, 0, data.length);
        assertArrayEquals(plain, data, "bit " + bit);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aUnitDoesNotDependOnItsNeighbours(CipherSuite suite) {
    Random random = new Random(Seeds.of("OlderModesTest neighbours " + suite));
    byte[] keys = random(random, suite.keyBytes());
    byte[] plain = random(random, 300 * UNIT);
    byte[] whole = new byte[plain.length];
    byte[] parts = new byte[plain.length];
    long unit = (1L << 32) - 150;
    try (DataUnitCipher cipher = suite.dataCipher(keys, 0)) {
      cipher.encrypt(unit, plain, 0, whole, 0, plain.length);
      int done = 0;
      while (done < 300) {
        int units = Math.min(300 - done, 1 + random.nextInt(40));
        int at = done * UNIT;
        cipher.encrypt(unit + done, plain, at, parts, at, units * UNIT);
        done += units;
      }
      assertArrayEquals(whole, parts);
      cipher.decrypt(unit, whole, 0, whole, 0, whole.length);
      assertArrayEquals(plain, whole);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void threadsShareACipher(CipherSuite suite) throws InterruptedException, ExecutionException {
    long seed = Seeds.of("OlderModesTest threads " + suite);
    byte[] keys = random(new Random(seed), suite.keyBytes());
    byte[] plain = random(new Random(seed + 1), 32 * UNIT);
    int count = 8;
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try (DataUnitCipher cipher = suite.dataCipher(keys, 0)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < count; thread++) {
        long unit = 977L * thread;
        running.add(
            threads.submit(
                () -> {
                  byte[] expected = encrypted(suite, keys, unit, plain);
                  byte[] buffer = new byte[plain.length];
                  for (int round = 0; round < 50; round++) {
                    cipher.encrypt(unit, plain, 0, buffer, 0, plain.length);
                    assertArrayEquals(expected, buffer);
                    cipher.decrypt(unit, buffer, 0, buffer, 0, plain.length);
                    assertArrayEquals(plain, buffer);
                  }
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void unitsOfLrwCountFromZeroAndThoseOfCbcFromOneWhereverTheDataBegin() {
    for (long offset : new long[] {0, 512, 1 << 20}) {
      assertEquals(0, CipherMode.LRW.firstUnit(offset));
      assertEquals(1, CipherMode.CBC.firstUnit(offset));
    }
  }

  @ParameterizedTest
  @MethodSource("suites")
  void theSeedComesBeforeTheKeysOfTheCiphers(CipherSuite suite) {
    KeyLayout layout = suite.mode().layout(suite.chain());
    assertEquals(32 + suite.chain().keyBytes(), layout.bytes());
    int at = 32;
    for (KeyLayout.CipherKeys keys : layout.ciphers()) {
      assertEquals(at, keys.key());
      assertEquals(KeyLayout.NONE, keys.tweakKey());
      at += keys.cipher().keyBytes();
    }
    byte[] area = random(new Random(5), 9 + layout.bytes());
    byte[] cut = Arrays.copyOfRange(area, 9, area.length);
    byte[] data = new byte[UNIT];
    assertThrows(IndexOutOfBoundsException.class, () -> suite.dataCipher(area, 10));
    try (DataUnitCipher cipher = suite.dataCipher(area, 9)) {
      Arrays.fill(area, (byte) 0);
      cipher.encrypt(3, data, 0, data, 0, UNIT);
    }
    assertArrayEquals(encrypted(suite, cut, 3, new byte[UNIT]), data);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 447, 460})
  void aHeaderOfNoWholeBlocksIsRefused(int length) {
    for (CipherSuite suite : kinds()) {
      byte[] key = new byte[suite.keyBytes()];
      byte[] header = new byte[64 + length];
      Exception e =
          assertThrows(
              IllegalArgumentException.class, () -> suite.encryptedHeader(key, header, 64));
      assertEquals(length + " bytes of a header are no whole blocks", e.getMessage());
      assertThrows(IllegalArgumentException.class, () -> suite.decryptedHeader(key, header, 64));
    }
  }

  /** No block depends on those after it; 464 bytes are no whole lines of a cache. */
  @ParameterizedTest
  @MethodSource("suites")
  void aShorterHeaderIsTheBeginningOfALongerOne(CipherSuite suite) {
    Random random = new Random(Seeds.of("OlderModesTest headers " + suite));
    byte[] key = random(random, suite.keyBytes());
    byte[] longest = random(random, 64 + 512);
    byte[] encrypted = suite.encryptedHeader(key, longest, 64);
    for (int length = 16; length <= 512; length += 16) {
      byte[] header = Arrays.copyOf(longest, 64 + length);
      byte[] shorter = suite.encryptedHeader(key, header, 64);
      assertArrayEquals(Arrays.copyOf(encrypted, 64 + length), shorter);
      assertArrayEquals(header, suite.decryptedHeader(key, shorter, 64));
    }
  }

  private static byte[] moved(byte[] data, int offset) {
    byte[] moved = new byte[offset + data.length];
    System.arraycopy(data, 0, moved, offset, data.length);
    return moved;
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
