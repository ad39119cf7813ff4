package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.testing.DelegatingDevice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

/**
 * Remembers what a power cut may leave: after every write what was forced, and a random part of
 * what was not, in pieces smaller than a sector; also all of that but one of the writes; after
 * every flush all.
 */
final class UnforcedDevice extends DelegatingDevice {

  private static final int PIECE = 64;

  private final Random random;
  private final int subsets;
  private final List<byte[]> moments = new ArrayList<>();
  private final List<byte[]> pending = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();

  /** Where in the lists each write begins that was not forced. */
  private final List<Integer> starts = new ArrayList<>();

  private byte[] forced;

  UnforcedDevice(BlockDevice lower, long seed, int subsets) throws IOException {
    super(lower);
    this.random = new Random(seed);
    this.subsets = subsets;
    this.forced = StoredHeaders.bytes(lower);
  }

  /** Returns what cuts may have left, so far. */
  List<byte[]> moments() {
    return moments;
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    super.write(position, source, offset, length);
    starts.add(pending.size());
    for (int at = 0; at < length; at += PIECE) {
      byte[] piece = new byte[PIECE];
      System.arraycopy(source, offset + at, piece, 0, PIECE);
      pending.add(piece);
      positions.add(position + at);
    }
    for (int i = 0; i < subsets; i++) {
      double part = random.nextDouble();
      moments.add(image(j -> random.nextDouble() < part));
    }
    for (int i = 0; i + 1 < starts.size(); i++) {
      int from = starts.get(i);
      int to = starts.get(i + 1);
      moments.add(image(j -> j < from || j >= to));
    }
  }

  private byte[] image(IntPredicate isKept) {
    byte[] image = forced.clone();
    for (int j = 0; j < pending.size(); j++) {
      if (isKept.test(j)) {
        System.arraycopy(pending.get(j), 0, image, (int) (long) positions.get(j), PIECE);
      }
    }
    return image;
  }

  /** Returns what is there for good, which is what a cut now would leave for certain. */
  byte[] forced() {
    return forced;
  }

  @Override
  public void flush() throws IOException {
    super.flush();
    pending.clear();
    positions.clear();
    starts.clear();
    forced = StoredHeaders.bytes(this);
    moments.add(forced);
  }
}
