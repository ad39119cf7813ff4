package dev.tcplay.crypttab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The passphrases that need no program. */
final class Passphrases {

  /** Longer than any password: VeraCrypt takes 128 bytes. */
  static final int LONGEST = 8192;

  private Passphrases() {}

  /** Only a person knows it. */
  static Passphrase asked() {
    return (keys, scripts) -> Optional.empty();
  }

  /** There is none: keyfiles alone open the volume. */
  static Passphrase none() {
    return (keys, scripts) -> Optional.of(keys.password(new byte[0]).build());
  }

  /** The first line of a file, without its line end. */
  static Passphrase firstLine(Path file) {
    return (keys, scripts) -> Optional.of(keys.passwordFile(file).build());
  }

  /** All bytes of a file, a line end at its end as well. */
  static Passphrase whole(Path file) {
    return (keys, scripts) -> {
      byte[] bytes;
      try (InputStream in = Files.newInputStream(file)) {
        bytes = read(in, file.toString());
      }
      try {
        return Optional.of(keys.password(bytes).build());
      } finally {
        Arrays.fill(bytes, (byte) 0);
      }
    };
  }

  /**
   * Reads all of a stream; the caller wipes it.
   *
   * @throws FileSystemException if it is longer than a passphrase may be
   */
  static byte[] read(InputStream in, String source) throws IOException {
    byte[] room = new byte[LONGEST + 1];
    try {
      int length = in.readNBytes(room, 0, room.length);
      if (length > LONGEST) {
        throw new FileSystemException(
            source, null, "a passphrase of more than " + LONGEST + " bytes");
      }
      return Arrays.copyOf(room, length);
    } finally {
      Arrays.fill(room, (byte) 0);
    }
  }
}
