package dev.tcplay.container;

import dev.tcplay.model.KeyfileInfo;
import dev.tcplay.volume.KeyfileCheck;
import dev.tcplay.volume.OwnersFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** Makes and judges keyfiles. */
public final class KeyfileWork {

  private KeyfileWork() {}

  /**
   * Makes a keyfile of random bytes.
   *
   * @throws IOException as {@link dev.tcplay.Keyfiles#create} says
   */
  public static void create(Path file, int bytes, boolean replace, SecureRandom random)
      throws IOException {
    if (bytes < 1 || bytes > KeyfileCheck.COUNTED_BYTES) {
      throw new IllegalArgumentException(
          "a keyfile must have from 1 to %d bytes, as no more count"
              .formatted(KeyfileCheck.COUNTED_BYTES));
    }
    boolean isThere = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    if (replace && isThere && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          file.toString(), null, "is no regular file, and is not replaced");
    }
    byte[] contents = new byte[bytes];
    try {
      random.nextBytes(contents);
      OwnersFile.write(file, contents, replace);
    } finally {
      Arrays.fill(contents, (byte) 0);
    }
  }

  /** Tells what keyfiles are worth. */
  public static List<KeyfileInfo> check(List<Path> keyfiles) {
    KeyfileCheck check = new KeyfileCheck();
    return keyfiles.stream().map(check::of).toList();
  }
}
