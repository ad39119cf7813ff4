package dev.tcplay.container;

import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.NotAContainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;

/**
 * Tells cheaply which files cannot be containers: directories, pipes, and what is too short. What a
 * file begins with says nothing, since the salt of a volume may be any bytes.
 */
public final class HostCheck {

  /** The least container: a header and one data unit. */
  private static final int LEAST_BYTES = 1024;

  private static final int SECTOR = 512;

  /** The bits of a Unix mode that say what kind of file it is, and those of a pipe. */
  private static final int KIND = 0xF000;

  private static final int PIPE = 0x1000;

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
    BasicFileAttributes attributes = Files.readAttributes(host, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      return Optional.of("is a directory");
    }
    if (attributes.isOther() && isPipe(host)) {
      return Optional.of("is a pipe");
    }
    boolean bare =
        ContainerOptions.asksForPlain(env) || env.containsKey(ContainerOptions.HEADER_FILE);
    // The length of a block device is not known here.
    if (attributes.isRegularFile() && attributes.size() < (bare ? SECTOR : LEAST_BYTES)) {
      return Optional.of(attributes.size() + " bytes are too short for a container");
    }
    return Optional.empty();
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

  /** A pipe has no positions, and to open it might wait for ever for somebody at its other end. */
  private static boolean isPipe(Path host) throws IOException {
    return host.getFileSystem().supportedFileAttributeViews().contains("unix")
        && Files.getAttribute(host, "unix:mode") instanceof Integer mode
        && (mode & KIND) == PIPE;
  }
}
