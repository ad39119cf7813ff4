package dev.tcplay.container;

import dev.tcplay.model.KeyProvider;
import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the keys of a container: what the caller gave, else what this place knows. */
public final class KeySearch {

  private static final String VARIABLE = "TCPLAY_PASSWORD_FILE";
  private static final String PROPERTY = "tcplay.passwordFile";

  private KeySearch() {}

  /**
   * Finds the keys of a container; the caller closes them.
   *
   * @param given what the caller gave; their hints count whosever the secrets are
   * @throws MissingCredentialsException if there are none
   * @throws IOException if a provider fails
   */
  static Keys find(Path container, Keys given) throws IOException {
    if (given.haveSecrets()) {
      return given;
    }
    return find(container, "no password or keyfile: none in the options").with(given);
  }

  /**
   * Finds the password of a container whose other keys are known; the caller closes the result.
   *
   * @param given keyfiles and hints, which count before those that are found; no password
   * @param missing what a message begins with if nobody knows the password
   * @throws MissingCredentialsException if nobody does
   * @throws IOException if a provider fails
   */
  public static Keys findPassword(Path container, Keys given, String missing) throws IOException {
    try (Keys found = find(container, missing)) {
      return given.with(found.with(given)).replacing(found, true);
    }
  }

  private static Keys find(Path container, String missing) throws IOException {
    for (KeyProvider provider :
        ServiceLoader.load(KeyProvider.class, KeySearch.class.getClassLoader())) {
      Optional<Keys> known = provider.keys(container);
      if (known.isPresent()) {
        return known.get();
      }
    }
    String file = passwordFile();
    if (file == null) {
      throw new MissingCredentialsException(
          container.toString(),
          missing
              + ", no KeyProvider knows the container,"
              + (" neither the variable " + VARIABLE)
              + (" nor the property " + PROPERTY + " names a file"));
    }
    return Keys.builder().passwordFile(Path.of(file)).build();
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
