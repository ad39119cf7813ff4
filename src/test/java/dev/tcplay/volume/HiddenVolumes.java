package dev.tcplay.volume;

import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Makes hidden volumes in containers that exist. */
public final class HiddenVolumes {

  /** The smallest container that has room for one, in bytes. */
  public static final int MIN_HOST = 348_160;

  /** The smallest container without, in bytes. */
  public static final int MIN_WITHOUT = 299_008;

  /** The smallest hidden volume, in bytes. */
  public static final int MIN_SIZE = 45_056;

  private HiddenVolumes() {}

  /**
   * Makes one with an empty file system at the end of the outer one.
   *
   * @param format TrueCrypt or VeraCrypt, that of the container
   * @param outer the keys of the outer volume
   * @param keys its own
   * @param size of the volume and what is left behind it, in bytes
   */
  public static void create(
      Path container, String format, Keys outer, Keys keys, long size, SecureRandom random)
      throws IOException {
    Tcplay.create(container)
        .format(format)
        .hiddenIn(outer)
        .keys(keys)
        .size(size)
        .random(random)
        .create();
  }
}
