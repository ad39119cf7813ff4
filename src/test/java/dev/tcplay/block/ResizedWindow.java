package dev.tcplay.block;

import dev.tcplay.testing.ToyCipher;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/** A window is resized under a cache and encryption, and all above it goes on working. */
abstract class ResizedWindow {

  static final int START = 1536;

  static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  static byte[] read(BlockDevice device, long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    device.read(position, bytes, 0, length);
    return bytes;
  }

  static BlockDevice encrypted(BlockDevice window) {
    return new CryptDevice(window, new ToyCipher(), 7);
  }
}
