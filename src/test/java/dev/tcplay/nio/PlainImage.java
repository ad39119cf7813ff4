package dev.tcplay.nio;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A container that is not encrypted, which the raw driver opens. */
abstract class PlainImage {

  static final int SIZE = 40_000;

  @TempDir Path folder;
  Path container;

  @BeforeEach
  void makeContainer() throws IOException {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) 9);
    container = Files.write(folder.resolve("plain.img"), bytes);
  }

  ContainerOpener opener(Path path) {
    return Tcplay.open(path).format("plain").filesystem("raw").syncInterval(Duration.ZERO);
  }

  ContainerOpener opener() {
    return opener(container);
  }

  static ByteBuffer bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return ByteBuffer.wrap(bytes);
  }

  byte[] expected(int position, int length, int value) {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) 9);
    Arrays.fill(bytes, position, position + length, (byte) value);
    return bytes;
  }
}
