package dev.tcplay.block.host;

import java.io.IOException;

/**
 * Finds the size of a block device by reading it, where the JDK tells none: on Linux it asks the
 * kernel, on macOS it says 0.
 */
final class DeviceSize {

  /** No device is as long; a search that comes so far is led astray. */
  private static final long LONGEST = 1L << 62;

  /** Tells of one byte of a device. */
  @FunctionalInterface
  interface Probe {
    /** Returns whether there is a byte at a position. */
    boolean hasByte(long position) throws IOException;
  }

  private DeviceSize() {}

  /** Returns how many bytes there are, by some hundred reads at most. */
  static long find(Probe probe) throws IOException {
    if (!probe.hasByte(0)) {
      return 0;
    }
    long last = 0;
    long beyond = 1;
    while (beyond < LONGEST && probe.hasByte(beyond)) {
      last = beyond;
      beyond *= 2;
    }
    while (beyond - last > 1) {
      long middle = last + (beyond - last) / 2;
      if (probe.hasByte(middle)) {
        last = middle;
      } else {
        beyond = middle;
      }
    }
    return beyond;
  }
}
