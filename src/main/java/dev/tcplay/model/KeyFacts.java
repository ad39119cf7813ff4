package dev.tcplay.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What of keys is no secret.
 *
 * @param hasPassword whether a password was given, though it may be empty
 * @param passwordFile the file whose first line is the password
 * @param keyfiles files, and folders of them
 * @param sources keyfiles that are no files
 * @param pim 0 for the default
 * @param hash the names of the only ones, as given
 * @param cipher the name of the only chain, as given
 */
record KeyFacts(
    boolean hasPassword,
    Optional<Path> passwordFile,
    List<Path> keyfiles,
    List<KeyfileSource> sources,
    OptionalInt pim,
    Optional<String> hash,
    Optional<String> cipher) {

  /** The facts of a password alone. */
  static final KeyFacts OF_PASSWORD =
      new KeyFacts(
          true,
          Optional.empty(),
          List.of(),
          List.of(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty());

  /** Copies the lists. */
  KeyFacts {
    keyfiles = List.copyOf(keyfiles);
    sources = List.copyOf(sources);
  }

  /** Returns these with the PIM, the hash and the cipher of others, where those say them. */
  KeyFacts with(KeyFacts hints) {
    return new KeyFacts(
        hasPassword,
        passwordFile,
        keyfiles,
        sources,
        hints.pim.isPresent() ? hints.pim : pim,
        hints.hash.or(() -> hash),
        hints.cipher.or(() -> cipher));
  }
}
