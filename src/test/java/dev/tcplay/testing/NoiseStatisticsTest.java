package dev.tcplay.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The statistics let noise pass, and find each fault that a maker of volumes could have. */
class NoiseStatisticsTest {

  private static final int SLOT = 65_536;

  private static byte[] noise(long seed, int length) {
    byte[] bytes = new byte[length];
    new SeededRandom(seed).nextBytes(bytes);
    return bytes;
  }

  /** Critical values as tables print them, for one tail. */
  @ParameterizedTest
  @CsvSource({
    "255, 293.2478, 0.05",
    "255, 310.457, 0.01",
    "255, 330.520, 0.001",
    "255, 219.025, 0.05",
    "1, 3.8415, 0.05",
    "10, 18.307, 0.05",
    "10, 3.9403, 0.05"
  })
  void theTailsOfChiSquareAreThoseOfTables(int degrees, double value, double tail) {
    assertEquals(2 * tail, Gamma.chiSquare(value, degrees), 2e-4 * tail);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1.644854, 0.1", "-1.959964, 0.05", "2.575829, 0.01", "4.891638, 1e-6"})
  void theTailsOfANormalVariableAreThoseOfTables(double value, double tails) {
    assertEquals(tails, Gamma.normal(value), 1e-5 * tails);
  }

  @Test
  void ofNoiseAsManyFallBelowALimitAsTheLimitSays() {
    int[] below = new int[3];
    for (int seed = 0; seed < 2000; seed++) {
      NoiseStatistics noise = NoiseStatistics.of("noise", noise(seed, 4096));
      assertTrue(noise.isNoise(), noise::toString);
      below[0] += noise.chiSquare() < 0.05 ? 1 : 0;
      below[1] += noise.ones() < 0.05 ? 1 : 0;
      below[2] += noise.runs() < 0.05 ? 1 : 0;
    }
    for (int count : below) {
      assertEquals(100, count, 40, () -> "expected 100 of 2000: " + Arrays.toString(below));
    }
  }

  @Test
  void ofALongStreamToo() {
    NoiseStatistics all = new NoiseStatistics("stream");
    for (int seed = 0; seed < 200; seed++) {
      all.add(noise(seed, SLOT), 0, SLOT);
    }
    assertTrue(all.isNoise(), all::toString);
  }

  @Test
  void itDoesNotMatterInHowManyPiecesBytesCome() {
    byte[] bytes = noise(1, 5000);
    NoiseStatistics pieces = new NoiseStatistics("bytes");
    pieces.add(bytes, 0, 1).add(bytes, 1, 4096).add(bytes, 4096, 5000);
    assertEquals(NoiseStatistics.of("bytes", bytes).toString(), pieces.toString());
  }

  static Stream<Arguments> faults() {
    byte[] noise = noise(7, SLOT);
    return Stream.of(
        arguments("a slot left zero", new byte[SLOT]),
        arguments("the last sixteenth of a slot left zero", zeroed(noise, SLOT * 15 / 16)),
        arguments("a header and zeros", zeroed(noise, 512)),
        arguments("one salt in 400 headers", repeated(64, 400)),
        arguments("each salt in a header and its backup", twice(noise(8, 200 * 64), 64)),
        arguments("one unit of noise everywhere", repeated(512, 128)),
        arguments("one block everywhere, as in ECB", repeated(16, 4096)),
        arguments("a volume's noise in another one too", twice(noise(9, 32_768), 32_768)),
        arguments("signatures in 200 headers", signatures()),
        arguments("text", "all work and no play ".repeat(3000).getBytes(StandardCharsets.US_ASCII)),
        arguments("a counter, all too even", counter()),
        arguments("a value in 100 too many", biased()),
        arguments("bits that like to stay", clinging()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whatIsNoNoiseIsFound(String fault, byte[] bytes) {
    NoiseStatistics statistics = NoiseStatistics.of(fault, bytes);
    assertFalse(statistics.isNoise(), statistics::toString);
    assertThrows(AssertionError.class, statistics::assertNoise);
  }

  @Test
  void tooFewBytesAreNotJudged() {
    NoiseStatistics few = NoiseStatistics.of("few", noise(1, 1279));
    assertThrows(AssertionError.class, few::assertNoise);
    assertEquals(3, NoiseStatistics.of("enough", noise(1, 1280)).assertNoise());
  }

  private static byte[] zeroed(byte[] noise, int from) {
    return Arrays.copyOf(Arrays.copyOf(noise, from), noise.length);
  }

  private static byte[] repeated(int length, int times) {
    byte[] bytes = new byte[length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(noise(10, length), 0, bytes, i * length, length);
    }
    return bytes;
  }

  private static byte[] twice(byte[] once, int length) {
    byte[] bytes = new byte[once.length * 2];
    for (int i = 0; i < once.length; i += length) {
      System.arraycopy(once, i, bytes, 2 * i, length);
      System.arraycopy(once, i, bytes, 2 * i + length, length);
    }
    return bytes;
  }

  private static byte[] signatures() {
    byte[] bytes = noise(11, 200 * 512);
    for (int i = 0; i < bytes.length; i += 512) {
      System.arraycopy("VERA".getBytes(StandardCharsets.US_ASCII), 0, bytes, i + 64, 4);
    }
    return bytes;
  }

  private static byte[] counter() {
    byte[] bytes = new byte[SLOT];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 167);
    }
    return bytes;
  }

  private static byte[] biased() {
    byte[] bytes = noise(12, SLOT);
    for (int i = 0; i < bytes.length; i += 100) {
      bytes[i] = 0x5A;
    }
    return bytes;
  }

  /** Each value is as frequent as another one with all bits the other way. */
  private static byte[] clinging() {
    Random random = new Random(13);
    BitSet bits = new BitSet();
    boolean bit = false;
    for (int i = 0; i < SLOT * 8; i++) {
      bit ^= random.nextDouble() < 0.49;
      bits.set(i, bit);
    }
    return Arrays.copyOf(bits.toByteArray(), SLOT);
  }
}
