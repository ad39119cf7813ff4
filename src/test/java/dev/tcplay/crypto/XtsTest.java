package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** XTS of all chains against the letter of the standard, and the contract of the seam. */
class XtsTest {

  /** Zero, beyond 2^32, the last units of a PiB, top bit set, and a batch that crosses 2^63. */
  private static final long[] FIRST_UNITS = {
    0, 1, (1L << 32) - 3, (1L << 41) - 40, Long.MIN_VALUE + 5, Long.MAX_VALUE - 7, -41
  };

  /** So that a mebibyte ends with the last unit of a PiB. */
  private static final long UNIT = (1L << 41) - 2048;

  private static final CipherChain CASCADE = CipherChain.parse("AES-Twofish-Serpent");

  static List<CipherChain> chains() {
    return CipherMode.XTS.chains();
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("chains")
  void everyUnitIsThatOfTheStandard(CipherChain chain) {
    Random random = new Random(Seeds.of("XtsTest " + chain));
    byte[] keys = random(random, 2 * chain.keyBytes());
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(chain, keys, 0)) {
      for (long unit : FIRST_UNITS) {
        int length = 512 * (1 + random.nextInt(40));
        byte[] plain = random(random, length);
        byte[] expected = ReferenceXts.encrypt(chain, keys, unit, plain);
        byte[] result = new byte[length];
        cipher.encrypt(unit, plain, 0, result, 0, length);
        assertArrayEquals(expected, result);
        cipher.decrypt(unit, expected, 0, result, 0, length);
        assertArrayEquals(plain, result);
        assertArrayEquals(plain, ReferenceXts.decrypt(chain, keys, unit, expected));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 15, 16, 17, 31, 32, 33, 64, 99})
  void anyNumberOfUnitsInPlaceOrNotGivesTheSame(int units) {
    Random random = new Random(units);
    byte[] keys = random(random, 2 * CASCADE.keyBytes());
    int length = 512 * units;
    byte[] plain = random(random, length + 11);
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(CASCADE, keys, 0)) {
      byte[] apart = random(random, length + 7);
      byte[] around = apart.clone();
      cipher.encrypt(units, plain, 11, apart, 5, length);
      byte[] inPlace = plain.clone();
      cipher.encrypt(units, inPlace, 11, inPlace, 11, length);
      assertArrayEquals(
          Arrays.copyOfRange(inPlace, 11, 11 + length), Arrays.copyOfRange(apart, 5, 5 + length));
      assertArrayEquals(Arrays.copyOf(around, 5), Arrays.copyOf(apart, 5));
      assertArrayEquals(
          Arrays.copyOfRange(around, 5 + length, 7 + length),
          Arrays.copyOfRange(apart, 5 + length, 7 + length));
      cipher.decrypt(units, inPlace, 11, inPlace, 11, length);
      assertArrayEquals(plain, inPlace);
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void largeRequestsAreThoseOfTheStandardToo(CipherChain chain) {
    Random random = new Random(Seeds.of("XtsTest large " + chain));
    byte[] keys = random(random, 2 * chain.keyBytes());
    int length = 512 * (101 + 2 * random.nextInt(50)); // many batches, the last one odd
    long unit = random.nextLong() >>> random.nextInt(40);
    byte[] plain = random(random, length);
    byte[] data = plain.clone();
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(chain, keys, 0)) {
      cipher.encrypt(unit, data, 0, data, 0, length);
      assertArrayEquals(ReferenceXts.encrypt(chain, keys, unit, plain), data);
      cipher.decrypt(unit, data, 0, data, 0, length);
      assertArrayEquals(plain, data);
    }
  }

  @Test
  void requestsThatGoOnOverlapOrJumpGiveTheSame() {
    Random random = new Random(Seeds.of("XtsTest jumps"));
    byte[] keys = random(random, 2 * CASCADE.keyBytes());
    byte[] plain = random(random, 512 * 400);
    byte[] whole = ReferenceXts.encrypt(CASCADE, keys, UNIT, plain);
    byte[] result = new byte[plain.length];
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(CASCADE, keys, 0)) {
      int unit = 0;
      for (int i = 0; i < 2000; i++) {
        int units = 1 + random.nextInt(random.nextBoolean() ? 8 : 200);
        boolean jump = random.nextInt(3) == 0 || unit + units > 400;
        unit = jump ? random.nextInt(401 - units) : unit;
        int from = 512 * unit;
        int to = from + 512 * units;
        cipher.decrypt(UNIT + unit, whole, from, result, from, to - from);
        assertTrue(Arrays.equals(plain, from, to, result, from, to), "units from " + unit);
        Arrays.fill(result, from, to, (byte) 0);
        unit += units - (random.nextInt(4) == 0 ? random.nextInt(units) : 0);
      }
    }
  }

  @Test
  void aMebibyteInOneRequestEqualsItsUnitsOneByOne() {
    byte[] keys = random(new Random(4), 2 * CASCADE.keyBytes());
    byte[] whole = random(new Random(5), 1 << 20);
    byte[] single = whole.clone();
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(CASCADE, keys, 0)) {
      cipher.encrypt(UNIT, whole, 0, whole, 0, whole.length);
      for (int unit = 0; unit < 2048; unit++) {
        cipher.encrypt(UNIT + unit, single, 512 * unit, single, 512 * unit, 512);
      }
    }
    assertArrayEquals(whole, single);
  }

  @ParameterizedTest
  @EnumSource(names = {"AES", "SERPENT", "TWOFISH", "CAMELLIA", "KUZNYECHIK"})
  void aMebibyteOfEveryCipherIsThatOfTheStandard(BlockCipher only) {
    CipherChain chain = CipherChain.parse(only.displayName());
    Random random = new Random(Seeds.of("XtsTest mebibyte " + chain));
    byte[] keys = random(random, 2 * chain.keyBytes());
    byte[] plain = random(random, 1 << 20);
    byte[] expected = ReferenceXts.encrypt(chain, keys, UNIT, plain);
    byte[] data = new byte[plain.length];
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(chain, keys, 0)) {
      for (int length : new int[] {plain.length, plain.length - 512, plain.length / 2 + 512}) {
        cipher.encrypt(UNIT, plain, 0, data, 0, length);
        assertEquals(
            -1, Arrays.mismatch(Arrays.copyOf(expected, length), Arrays.copyOf(data, length)));
        cipher.decrypt(UNIT, data, 0, data, 0, length);
        assertEquals(
            -1, Arrays.mismatch(Arrays.copyOf(plain, length), Arrays.copyOf(data, length)));
      }
    }
  }

  @Test
  void aUnitDoesNotDependOnItsNeighbours() {
    byte[] keys = random(new Random(1), 2 * CASCADE.keyBytes());
    byte[] plain = random(new Random(2), 512 * 50);
    byte[] whole = new byte[plain.length];
    byte[] single = new byte[plain.length];
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(CASCADE, keys, 0)) {
      cipher.encrypt(1000, plain, 0, whole, 0, plain.length);
      for (int unit = 49; unit >= 0; unit--) {
        cipher.encrypt(1000 + unit, plain, 512 * unit, single, 512 * unit, 512);
      }
    }
    assertArrayEquals(whole, single);
  }

  @ParameterizedTest
  @CsvSource({
    "AES-Twofish-Serpent,8",
    "Kuznyechik-Serpent-Camellia,8",
    "AES,1",
    "Serpent,2",
    "Twofish,3",
    "Camellia,4",
    "Kuznyechik,5"
  })
  void threadsShareACipher(String name, int count) throws InterruptedException, ExecutionException {
    long seed = Seeds.of("XtsTest threads " + name);
    CipherChain chain = CipherChain.parse(name);
    byte[] keys = random(new Random(seed), 2 * chain.keyBytes());
    byte[] plain = random(new Random(seed + 1), 512 * 32);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(chain, keys, 0)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < count; thread++) {
        long unit = 977L * thread;
        running.add(
            threads.submit(
                () -> {
                  byte[] expected = ReferenceXts.encrypt(chain, keys, unit, plain);
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
  void keysAreCopiedFromTheirOffset() {
    byte[] keys = random(new Random(3), 200);
    byte[] cut = Arrays.copyOfRange(keys, 9, 73);
    CipherChain chain = CipherChain.parse("Serpent");
    byte[] data = new byte[512];
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(chain, keys, 9)) {
      Arrays.fill(keys, (byte) 0);
      cipher.encrypt(7, data, 0, data, 0, 512);
    }
    assertArrayEquals(ReferenceXts.encrypt(chain, cut, 7, new byte[512]), data);
  }

  @Test
  void tooFewKeyBytesAreRefused() {
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> CipherMode.XTS.dataCipher(CASCADE, new byte[191], 0));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> CipherMode.XTS.dataCipher(CASCADE, new byte[192], 1));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> CipherMode.XTS.dataCipher(CASCADE, new byte[192], -1));
  }

  @Test
  void rangesAreChecked() {
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(CASCADE, new byte[192], 0)) {
      byte[] data = new byte[1024];
      assertThrows(IllegalArgumentException.class, () -> cipher.encrypt(0, data, 0, data, 0, 513));
      assertThrows(IllegalArgumentException.class, () -> cipher.decrypt(0, data, 0, data, 0, 1023));
      assertThrows(
          IndexOutOfBoundsException.class, () -> cipher.encrypt(0, data, 513, data, 0, 512));
      assertThrows(
          IndexOutOfBoundsException.class, () -> cipher.decrypt(0, data, 0, data, 513, 512));
      assertThrows(
          IndexOutOfBoundsException.class, () -> cipher.encrypt(0, data, -1, data, 0, 512));
      assertThrows(
          IndexOutOfBoundsException.class, () -> cipher.encrypt(0, data, 0, data, 0, -512));
      assertArrayEquals(new byte[1024], data);
    }
  }

  @Test
  void noBytesAreAllowedAnywhere() {
    try (DataUnitCipher cipher = CipherMode.XTS.dataCipher(CASCADE, new byte[192], 0)) {
      byte[] data = {1, 2, 3};
      cipher.encrypt(0, data, 3, data, 1, 0);
      assertArrayEquals(new byte[] {1, 2, 3}, data);
    }
  }

  @Test
  void aClosedCipherRefuses() {
    DataUnitCipher cipher = CipherMode.XTS.dataCipher(CASCADE, new byte[192], 0);
    cipher.close();
    cipher.close();
    byte[] data = new byte[512];
    Exception e =
        assertThrows(IllegalStateException.class, () -> cipher.encrypt(0, data, 0, data, 0, 512));
    assertEquals("cipher is closed", e.getMessage());
    assertThrows(IllegalStateException.class, () -> cipher.decrypt(0, data, 0, data, 0, 512));
  }
}
