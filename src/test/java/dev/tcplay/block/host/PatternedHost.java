package dev.tcplay.block.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

/** A host file with a pattern in it. */
abstract class PatternedHost {

  static final int SIZE = 1 << 20;

  @TempDir Path folder;

  static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  Path host(byte[] content) throws IOException {
    return Files.write(folder.resolve("host"), content);
  }
}
