package dev.tcplay.nio;

import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.CredentialProvider;
import dev.tcplay.model.Credentials;
import dev.tcplay.model.MissingCredentialsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the credentials of a container: what the caller gave, else what this place knows. */
final class CredentialSearch {

  private static final String VARIABLE = "TCPLAY_PASSWORD_FILE";
  private static final String PROPERTY = "tcplay.passwordFile";

  private CredentialSearch() {}

  /**
   * Finds the credentials; the caller closes them.
   *
   * @throws MissingCredentialsException if there are none
   * @throws IOException if a password file or a provider fails
   */
  static Credentials find(Path container, ContainerOptions options) throws IOException {
    Optional<Credentials> given = options.credentials();
    if (given.isPresent()) {
      return given.get();
    }
    for (CredentialProvider provider :
        ServiceLoader.load(CredentialProvider.class, CredentialSearch.class.getClassLoader())) {
      Optional<Credentials> known = provider.credentials(container);
      if (known.isPresent()) {
        return known.get();
      }
    }
    String file = passwordFile();
    if (file == null) {
      throw new MissingCredentialsException(
          container.toString(),
          "no password or keyfile: none in the options, no CredentialProvider knows the container,"
              + (" neither the variable " + VARIABLE)
              + (" nor the property " + PROPERTY + " names a file"));
    }
    return Credentials.ofFirstLine(Path.of(file));
  }

  private static @Nullable String passwordFile() {
    String variable = System.getenv(VARIABLE);
    String property = System.getProperty(PROPERTY);
    return isSet(variable) ? variable : isSet(property) ? property : null;
  }

  /** An empty value is how a shell takes a variable back. */
  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isEmpty();
  }
}
