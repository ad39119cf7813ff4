package dev.tcplay.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the password and the keyfiles from an env map into credentials of their own. */
final class SecretReader {

  private static final String PASSWORD_TYPES =
      "a char[], byte[], CharSequence or a Supplier of one";
  private static final String KEYFILE_TYPES =
      "a Path, its text, a byte[] of contents, or a Collection or array of these";

  private SecretReader() {}

  /**
   * Returns the secrets in the map, empty if it holds neither a password nor keyfiles; no keyfile
   * in a collection is none at all.
   */
  static Optional<Credentials> read(Map<String, ?> env) {
    Collection<?> keyfiles =
        env.containsKey(ContainerOptions.KEYFILES)
            ? elements(env.get(ContainerOptions.KEYFILES))
            : List.of();
    if (keyfiles.isEmpty() && !env.containsKey(ContainerOptions.PASSWORD)) {
      return Optional.empty();
    }
    Credentials credentials =
        env.containsKey(ContainerOptions.PASSWORD) ? password(env) : Credentials.of(new byte[0]);
    try {
      addKeyfiles(keyfiles, credentials);
    } catch (IllegalArgumentException e) {
      credentials.close();
      throw e;
    }
    return Optional.of(credentials);
  }

  private static Credentials password(Map<String, ?> env) {
    Object value = env.get(ContainerOptions.PASSWORD);
    if (!(value instanceof Supplier<?> supplier)) {
      return passwordOf(value);
    }
    Object supplied = supplier.get();
    try {
      return passwordOf(supplied);
    } finally {
      wipe(supplied);
    }
  }

  private static Credentials passwordOf(@Nullable Object value) {
    if (value instanceof char[] chars) {
      return Credentials.of(chars);
    }
    if (value instanceof byte[] bytes) {
      return Credentials.of(bytes);
    }
    if (value instanceof CharSequence text) {
      return Credentials.of(text);
    }
    throw EnvReader.wrongType(ContainerOptions.PASSWORD, PASSWORD_TYPES, value);
  }

  private static void wipe(@Nullable Object supplied) {
    if (supplied instanceof char[] chars) {
      Arrays.fill(chars, '\0');
    } else if (supplied instanceof byte[] bytes) {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static void addKeyfiles(Collection<?> keyfiles, Credentials credentials) {
    for (Object keyfile : keyfiles) {
      if (keyfile instanceof byte[] contents) {
        credentials.keyfile(contents);
      } else {
        credentials.keyfile(EnvReader.asPath(ContainerOptions.KEYFILES, KEYFILE_TYPES, keyfile));
      }
    }
  }

  private static Collection<?> elements(@Nullable Object value) {
    if (value instanceof Path || value instanceof CharSequence || value instanceof byte[]) {
      return List.of(value);
    }
    if (value instanceof Collection<?> many) {
      return many;
    }
    if (value instanceof Object[] many) {
      return Arrays.asList(many);
    }
    throw EnvReader.wrongType(ContainerOptions.KEYFILES, KEYFILE_TYPES, value);
  }
}
