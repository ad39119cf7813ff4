package dev.tcplay.container;

import dev.tcplay.block.host.HostKind;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.NotAContainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;

/**
 * Tells cheaply which files cannot be containers: all but files and block devices, and what is too
 * short. What a file begins with says nothing, since the salt of a volume may be any bytes.
 */
public final class HostCheck {

  /** The least container: a header and one data unit. */
  private static final int LEAST_BYTES = 1024;

  private static final int SECTOR = 512;

  private HostCheck() {}

  /**
   * Says why a file cannot be a container.
   *
   * @param env the options, of which only those that change how long it must be count
   * @return the reason, empty if it may be one
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read
   */
  public static Optional<String> refusal(Path host, Map<String, ?> env) throws IOException {
    Optional<String> refusal = HostKind.of(host).refusal();
    if (refusal.isPresent()) {
      return refusal;
    }
    BasicFileAttributes attributes = Files.readAttributes(host, BasicFileAttributes.class);
    // The length of a block device is not known here.
    if (attributes.isRegularFile() && attributes.size() < least(env)) {
      return Optional.of(attributes.size() + " bytes are too short for a container");
    }
    return Optional.empty();
  }

  /** A plain file may be an archive of a few bytes. */
  private static int least(Map<String, ?> env) {
    if (ContainerOptions.asksForPlain(env)) {
      return 1;
    }
    return env.containsKey(ContainerOptions.HEADER_FILE) ? SECTOR : LEAST_BYTES;
  }

  /**
   * Checks a file, as {@link #refusal}.
   *
   * @throws NotAContainerException if it cannot be a container
   * @throws IOException if it cannot be read
   */
  public static void check(Path host, Map<String, ?> env) throws IOException {
    Optional<String> refusal = refusal(host, env);
    if (refusal.isPresent()) {
      throw new NotAContainerException(host.toString(), refusal.get());
    }
  }
}
