package dev.tcplay.volume;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What the bytes of a keyfile tell of how hard it is to guess.
 *
 * @param digest SHA-256 of the bytes that count
 * @param warnings why it may be guessed, a sentence each
 */
record KeyfileContents(ByteBuffer digest, List<String> warnings) {

  /** As many bits as a key that nobody guesses has; text of a few lines has more. */
  private static final int ENOUGH_BITS = 128;

  private static final int VALUES = 256;

  /** Looks at the first bytes of an array, at least one. */
  static KeyfileContents of(byte[] contents, int length) {
    return new KeyfileContents(digest(contents, length), warnings(contents, length));
  }

  private static ByteBuffer digest(byte[] contents, int length) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(contents, 0, length);
      return ByteBuffer.wrap(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static List<String> warnings(byte[] contents, int length) {
    List<String> warnings = new ArrayList<>();
    double bits = length * bitsPerByte(contents, length);
    if (bits == 0) {
      warnings.add(
          length == 1 ? "has a single byte, easily guessed" : "all of its bytes are equal");
    } else if (bits < ENOUGH_BITS) {
      warnings.add(
          "holds about %d bits at most by how often each byte occurs, and may be guessed"
              .formatted((int) Math.ceil(bits)));
    } else {
      int pairs = pairs(contents, length);
      // Noise has a new pair nearly everywhere; text of a few lines has some hundred.
      if (8 * pairs < ENOUGH_BITS) {
        warnings.add(
            "repeats itself, with only %d different pairs of bytes, and may be guessed"
                .formatted(pairs));
      }
    }
    return warnings;
  }

  /** Returns the entropy of a byte if all were drawn alike, more than it is where they depend. */
  private static double bitsPerByte(byte[] contents, int length) {
    int[] counts = new int[VALUES];
    for (int i = 0; i < length; i++) {
      counts[contents[i] & 0xFF]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0 && count < length) {
        double share = (double) count / length;
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }

  private static int pairs(byte[] contents, int length) {
    BitSet pairs = new BitSet(VALUES * VALUES);
    for (int i = 1; i < length; i++) {
      pairs.set((contents[i - 1] & 0xFF) << 8 | (contents[i] & 0xFF));
    }
    return pairs.cardinality();
  }
}
