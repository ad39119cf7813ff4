package dev.tcplay.volume;

import dev.tcplay.block.host.HostKind;
import dev.tcplay.model.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Refuses keyfiles that would not be the same the next time: those that are written meanwhile, that
 * a folder gets as one more, or that give their bytes once.
 */
public final class KeyfilePlaces {

  private KeyfilePlaces() {}

  /**
   * Throws if a keyfile is what is going to be written, or its folder holds that.
   *
   * @param written the container, or a file that is made from it; it need not be there yet
   * @throws IllegalArgumentException naming the keyfile
   * @throws IOException if a folder of keyfiles cannot be read
   */
  public static void checkApart(Keys keys, Path written) throws IOException {
    for (Path keyfile : keys.keyfiles()) {
      Arguments.demand(
          !isSame(keyfile, written) && !counts(keyfile, written),
          "keyfiles: expected none that is written: %s in %s would change what opens the container"
              .formatted(written, keyfile));
    }
  }

  /**
   * Throws if new keyfiles do not give the same bytes as often as they are read.
   *
   * @throws IllegalArgumentException naming the keyfile
   * @throws IOException if one cannot be looked at
   */
  public static void checkLasting(Keys keys) throws IOException {
    for (Path keyfile : keys.keyfiles()) {
      Arguments.demand(
          !KeyfileCheck.STREAMS.contains(HostKind.of(keyfile)),
          "keyfiles: expected plain files: %s may give other bytes each time, or once"
              .formatted(keyfile));
    }
  }

  /** Returns whether a folder of keyfiles has a file among those that count, or will have. */
  private static boolean counts(Path keyfile, Path written) throws IOException {
    if (!Files.isDirectory(keyfile)) {
      return false;
    }
    Path whole = written.toAbsolutePath();
    Path folder = whole.getParent();
    boolean hidden = String.valueOf(whole.getFileName()).startsWith(".");
    if (!hidden && folder != null && isSame(keyfile, folder)) {
      return true;
    }
    for (Path file : Keyfile.Folder.read(keyfile).counted()) {
      if (isSame(file, written)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
  }
}
