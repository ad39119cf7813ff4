package dev.tcplay.cli;

import dev.tcplay.block.host.FileDevice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where salts, keys and noise come from. */
final class RandomOptions {

  /** How much of the file is read: a device such as /dev/hwrng has no end. */
  private static final int MOST_BYTES = 1 << 16;

  @Option(
      names = "--random-source",
      paramLabel = "FILE",
      description = {
        "Mix the bytes of FILE, at most the first 65536, into the random numbers of the system."
      })
  private @Nullable Path source;

  /**
   * Returns the generator of this system, with the bytes of the file mixed in.
   *
   * @throws FileSystemException if the file has no bytes
   * @throws IOException if it cannot be read
   */
  SecureRandom random() throws IOException {
    SecureRandom random = new SecureRandom();
    if (source == null) {
      return random;
    }
    byte[] bytes = new byte[MOST_BYTES];
    try (InputStream stream = FileDevice.newInputStream(source)) {
      int length = stream.readNBytes(bytes, 0, bytes.length);
      if (length == 0) {
        throw new FileSystemException(source.toString(), null, "holds no bytes to mix in");
      }
      // So that it has seeded itself: some generators take a first seed in place of their own.
      random.nextBytes(new byte[1]);
      byte[] seed = Arrays.copyOf(bytes, length);
      random.setSeed(seed);
      Arrays.fill(seed, (byte) 0);
      return random;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
