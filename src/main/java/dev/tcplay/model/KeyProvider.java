package dev.tcplay.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Knows the keys of containers, so that builds and jshell need no secret in code.
 *
 * <p>Found by {@link java.util.ServiceLoader} and asked when the caller gives neither a password
 * nor a keyfile; the first that knows the container serves. Implementations are public classes with
 * a public constructor without parameters, and safe for any number of threads.
 */
@FunctionalInterface
public interface KeyProvider {

  /**
   * Returns the keys of a container, empty if this provider does not know it. The caller closes
   * them. A PIM, a hash and a cipher that the caller gave go before those of the provider.
   *
   * @param container the container's path, as given to the file system provider
   * @throws IOException if the keys should be known but cannot be had; nothing else is tried
   */
  Optional<Keys> keys(Path container) throws IOException;
}
