package dev.tcplay.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Judges whether bytes look random, by three statistics over all that was added: chi-square over
 * the values of bytes, the number of ones, and the number of runs of equal bits. Each gives the
 * probability that random bytes lie as far off, to either side; bytes that are spread too evenly
 * are no better than those that are not.
 */
public final class NoiseStatistics {

  /** The probability below which bytes are no noise, for each statistic. */
  public static final double LIMIT = 1e-6;

  /** Fewer than 5 expected of each value make chi-square rough. */
  private static final int LEAST_BYTES = 5 * 256;

  private final String name;
  private final long[] counts = new long[256];
  private long runs;
  private int lastBit = -1;

  /** Makes statistics of nothing yet. */
  public NoiseStatistics(String name) {
    this.name = name;
  }

  /** Returns the statistics of an array. */
  public static NoiseStatistics of(String name, byte[] bytes) {
    return new NoiseStatistics(name).add(bytes, 0, bytes.length);
  }

  /** Adds the bytes of an array from one position to before another. */
  public NoiseStatistics add(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      int value = bytes[i] & 0xFF;
      counts[value]++;
      // The pairs of neighbouring bits that differ, the last bit before included.
      int before = lastBit < 0 ? value >> 7 : lastBit;
      runs += Integer.bitCount(value ^ (before << 7 | value >> 1));
      lastBit = value & 1;
    }
    return this;
  }

  /** Returns how many bytes were added. */
  public long bytes() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /** Returns the probability of the values' distribution, with 255 degrees of freedom. */
  public double chiSquare() {
    double expected = bytes() / 256.0;
    double sum = 0;
    for (long count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return Gamma.chiSquare(sum, 255);
  }

  /** Returns the probability of the number of ones. */
  public double ones() {
    return ones(countOnes(), bytes() * 8);
  }

  /** Returns the probability of a number of ones among so many bits. */
  public static double ones(long ones, long bits) {
    return Gamma.normal((2.0 * ones - bits) / Math.sqrt((double) bits));
  }

  /** Returns the probability of the number of runs, given the number of ones. */
  public double runs() {
    double bits = bytes() * 8.0;
    double share = countOnes() / bits;
    double both = share * (1 - share);
    return both == 0
        ? 0
        : Gamma.normal((runs + 1 - 2 * bits * both) / (2 * Math.sqrt(bits) * both));
  }

  private long countOnes() {
    long ones = 0;
    for (int value = 0; value < counts.length; value++) {
      ones += counts[value] * Integer.bitCount(value);
    }
    return ones;
  }

  /** Returns whether none of the statistics is below the limit. */
  public boolean isNoise() {
    return chiSquare() >= LIMIT && ones() >= LIMIT && runs() >= LIMIT;
  }

  /** Fails unless the bytes look random; says how many tests that were. */
  public int assertNoise() {
    assertTrue(bytes() >= LEAST_BYTES, () -> "too few bytes to judge: " + this);
    assertTrue(isNoise(), () -> "no noise: " + this);
    return 3;
  }

  @Override
  public String toString() {
    return "%s: %d bytes, chi-square p = %.3g, ones p = %.3g, runs p = %.3g"
        .formatted(name, bytes(), chiSquare(), ones(), runs());
  }
}
