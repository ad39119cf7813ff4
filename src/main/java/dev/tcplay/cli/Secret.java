package dev.tcplay.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A password that was given and is wiped once the container is open. */
final class Secret implements AutoCloseable {

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes an argument, whose string the launcher and the parser made and nobody can wipe. */
  static Secret ofArgument(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes over the bytes of a password. */
  static Secret of(byte[] bytes) {
    return new Secret(bytes);
  }

  /** Returns the password: the array itself, which {@link #close} wipes. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
