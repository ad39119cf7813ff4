package dev.tcplay.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Tells noise from what a file of another kind, or a hole, begins with. */
final class NoiseSample {

  private static final int SAMPLES = 256;
  private static final int BYTES = 4096;

  /**
   * Chi-square of 256 values has a mean of 255 and a deviation of 23 for noise: fifteen deviations
   * more are never seen, and text, zeros and tables are far beyond.
   */
  private static final double MOST = 600;

  private NoiseSample() {}

  /**
   * Looks at pieces all over the beginning of a file.
   *
   * @param file of its own, since closing another channel would drop the lock on the file
   * @param end how many bytes of the file count
   */
  static boolean looksLikeNoise(SeekableByteChannel file, long end) throws IOException {
    if (end < BYTES) {
      return true;
    }
    ByteBuffer piece = ByteBuffer.allocate(BYTES);
    for (int i = 0; i < SAMPLES; i++) {
      file.position((end - BYTES) / (SAMPLES - 1) * i);
      piece.clear();
      while (piece.hasRemaining() && file.read(piece) >= 0) {
        // It may give less at a time.
      }
      if (piece.hasRemaining() || chiSquare(piece.array()) > MOST) {
        return false;
      }
    }
    return true;
  }

  private static double chiSquare(byte[] bytes) {
    int[] counts = new int[256];
    for (byte b : bytes) {
      counts[b & 0xFF]++;
    }
    double expected = bytes.length / 256.0;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }
}
