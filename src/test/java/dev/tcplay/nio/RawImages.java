package dev.tcplay.nio;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Images that the raw driver opens, by path and by URI. */
abstract class RawImages {

  static final Map<String, ?> RAW =
      Map.of("format", "plain", "filesystem", "raw", "readOnly", true);

  @TempDir Path folder;

  Path image(String name) throws IOException {
    byte[] bytes = new byte[4096];
    bytes[0] = 42;
    return Files.write(folder.resolve(name), bytes);
  }

  static URI uri(Path container) {
    return URI.create("tcplay:" + container.toUri());
  }
}
