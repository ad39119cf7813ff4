package dev.tcplay.mapper;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text that grows and may hold keys: whatever it no longer needs is wiped. For one thread. */
final class WipedText implements AutoCloseable {

  private byte[] bytes = new byte[256];
  private int length;

  WipedText add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  WipedText add(byte... more) {
    for (byte one : more) {
      add(one);
    }
    return this;
  }

  /** Adds bytes in hexadecimal. */
  WipedText addHex(byte[] secret) {
    for (byte one : secret) {
      add((byte) Character.forDigit(one >> 4 & 0xF, 16));
      add((byte) Character.forDigit(one & 0xF, 16));
    }
    return this;
  }

  private void add(byte one) {
    if (length == bytes.length) {
      byte[] longer = Arrays.copyOf(bytes, 2 * length);
      Arrays.fill(bytes, (byte) 0);
      bytes = longer;
    }
    bytes[length++] = one;
  }

  /** Returns a copy, which the caller wipes. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
