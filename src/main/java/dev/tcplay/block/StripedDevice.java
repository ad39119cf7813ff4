package dev.tcplay.block;

import java.io.IOException;
import java.util.List;

/**
 * Several devices as one, of which each has a chunk by turns: chunk 0 is the first of the first
 * device, chunk 1 the first of the second one.
 */
public final class StripedDevice extends AbstractBlockDevice {

  /** Moves some bytes of one device. */
  @FunctionalInterface
  private interface Move {
    void on(BlockDevice stripe, long position, int done, int length) throws IOException;
  }

  private final List<BlockDevice> stripes;
  private final int chunk;

  /**
   * Makes the device; closing it closes the stripes.
   *
   * @param stripes one device or more, each as long as the shortest of them at least
   * @param chunk bytes in a chunk, a positive multiple of 512
   * @throws IllegalArgumentException if the shortest stripe does not hold whole chunks
   */
  public StripedDevice(List<BlockDevice> stripes, int chunk) {
    super(
        stripes.size() * shortest(stripes, chunk),
        stripes.stream().mapToInt(BlockDevice::sectorSize).max().orElseThrow(),
        stripes.stream().anyMatch(BlockDevice::isReadOnly));
    this.stripes = List.copyOf(stripes);
    this.chunk = chunk;
  }

  private static long shortest(List<BlockDevice> stripes, int chunk) {
    long length = stripes.stream().mapToLong(BlockDevice::size).min().orElseThrow();
    if (chunk <= 0 || length % chunk != 0) {
      throw new IllegalArgumentException(
          "a stripe of " + length + " bytes does not hold whole chunks of " + chunk);
    }
    return length;
  }

  private void split(long position, int length, Move move) throws IOException {
    int n;
    for (int done = 0; done < length; done += n) {
      long number = (position + done) / chunk;
      int skip = (int) ((position + done) % chunk);
      n = Math.min(chunk - skip, length - done);
      BlockDevice stripe = stripes.get((int) (number % stripes.size()));
      move.on(stripe, number / stripes.size() * chunk + skip, done, n);
    }
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    split(position, length, (stripe, at, done, n) -> stripe.read(at, target, offset + done, n));
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    split(position, length, (stripe, at, done, n) -> stripe.write(at, source, offset + done, n));
  }

  @Override
  protected void doFlush() throws IOException {
    for (BlockDevice stripe : stripes) {
      stripe.flush();
    }
  }

  @Override
  protected void doDiscard(long position, long length) throws IOException {
    for (long done = 0; done < length; done += Integer.MAX_VALUE) {
      int part = (int) Math.min(Integer.MAX_VALUE, length - done);
      split(position + done, part, (stripe, at, begin, n) -> stripe.discard(at, n));
    }
  }

  @Override
  protected void doClose() throws IOException {
    closeFrom(0);
  }

  /** Closes all, whichever of them fails. */
  private void closeFrom(int index) throws IOException {
    if (index < stripes.size()) {
      BlockDevice stripe = stripes.get(index);
      try (stripe) {
        closeFrom(index + 1);
      }
    }
  }
}
