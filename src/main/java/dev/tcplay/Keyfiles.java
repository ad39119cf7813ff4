package dev.tcplay;

import dev.tcplay.container.KeyfileWork;
import dev.tcplay.model.KeyfileInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * Makes keyfiles, and tells what files are worth as keyfiles. Any file can be one; of each the
 * first 1,048,576 bytes count.
 */
public final class Keyfiles {

  /** The bytes of a new keyfile, as many as VeraCrypt's have. */
  public static final int DEFAULT_BYTES = 128;

  /** The most bytes that a new keyfile has, as no more count. */
  public static final int MOST_BYTES = 1 << 20;

  private Keyfiles() {}

  /** Makes a keyfile of {@link #DEFAULT_BYTES} random bytes, as the other method says. */
  public static void create(Path file) throws IOException {
    create(file, DEFAULT_BYTES, false, new SecureRandom());
  }

  /**
   * Makes a keyfile of random bytes, its owner's alone where the host knows permissions. It is
   * written beside its place and moved there when it is whole.
   *
   * @param bytes how many, from 1 to {@link #MOST_BYTES}
   * @param replace whether a file of that name is replaced; what opened with it opens no more
   * @throws IllegalArgumentException if it cannot have so many bytes
   * @throws java.nio.file.FileAlreadyExistsException if there is one that is not to be replaced
   * @throws IOException if it cannot be written; the place is then as it was
   */
  public static void create(Path file, int bytes, boolean replace, SecureRandom random)
      throws IOException {
    KeyfileWork.create(file, bytes, replace, random);
  }

  /**
   * Tells what the library makes of keyfiles and folders of keyfiles, and warns of what may make
   * them weak or useless: few or predictable bytes, others who can read them, contents that change
   * or are given twice. That nothing is said does not prove that a file is hard to guess. Each is
   * read twice; pipes and the like are not read.
   *
   * @return an entry for each, in their order; what cannot be a keyfile says why
   */
  public static List<KeyfileInfo> check(List<Path> keyfiles) {
    return KeyfileWork.check(keyfiles);
  }
}
