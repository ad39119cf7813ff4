package dev.tcplay.model;

import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the options of an env map that say the keys. */
final class KeyReader {

  private static final String PASSWORD_TYPES =
      "a char[], byte[], CharSequence or a Supplier of one";
  private static final String KEYFILE_TYPES =
      "a Path, its text, a byte[] of contents, a KeyfileSource, or a Collection or array of these";

  private KeyReader() {}

  /**
   * Returns keys with copies of the secrets in the map. No keyfile in a collection is none at all.
   */
  static Keys read(Map<String, ?> env) {
    EnvReader reader = new EnvReader(env);
    Optional<Path> passwordFile = reader.path(ContainerOptions.PASSWORD_FILE);
    OptionalLong number = reader.number(ContainerOptions.PIM, 0, Keys.LARGEST_PIM);
    OptionalInt pim =
        number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    Optional<String> hash = reader.text(ContainerOptions.HASH);
    Optional<String> cipher = reader.text(ContainerOptions.CIPHER);
    boolean hasPassword = reader.has(ContainerOptions.PASSWORD);
    if (hasPassword && passwordFile.isPresent()) {
      throw new IllegalArgumentException("password and passwordFile exclude each other");
    }
    List<Path> keyfiles = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    List<KeyfileSource> sources = new ArrayList<>();
    if (reader.has(ContainerOptions.KEYFILES)) {
      for (Object keyfile : elements(env.get(ContainerOptions.KEYFILES))) {
        if (keyfile instanceof byte[] bytes) {
          contents.add(bytes);
        } else if (keyfile instanceof KeyfileSource source) {
          sources.add(source);
        } else {
          keyfiles.add(EnvReader.asPath(ContainerOptions.KEYFILES, KEYFILE_TYPES, keyfile));
        }
      }
    }
    // Copied last, so that no failure leaves copies of secrets behind.
    Optional<byte[]> password =
        hasPassword ? Optional.of(password(env.get(ContainerOptions.PASSWORD))) : Optional.empty();
    contents.replaceAll(byte[]::clone);
    return Keys.owning(
        password,
        contents,
        new KeyFacts(hasPassword, passwordFile, keyfiles, sources, pim, hash, cipher));
  }

  private static byte[] password(@Nullable Object value) {
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

  private static byte[] passwordOf(@Nullable Object value) {
    if (value instanceof char[] chars) {
      return PasswordText.encode(CharBuffer.wrap(chars));
    }
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (value instanceof CharSequence text) {
      return PasswordText.encode(CharBuffer.wrap(text));
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

  private static Collection<?> elements(@Nullable Object value) {
    if (value instanceof Path
        || value instanceof CharSequence
        || value instanceof byte[]
        || value instanceof KeyfileSource) {
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
