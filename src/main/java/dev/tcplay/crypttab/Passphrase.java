package dev.tcplay.crypttab;

import dev.tcplay.model.Keys;
import java.io.IOException;
import java.util.Optional;

/** Where the passphrase of an entry comes from. */
public interface Passphrase {

  /**
   * Sets the passphrase, without asking anybody.
   *
   * @param keys what is to have it, with nothing of a password yet
   * @param scripts whether a program of the table's may be run for it
   * @return the keys, which the caller closes; empty if only a person knows the passphrase
   * @throws IOException if it cannot be had, or only by a program that may not be run
   */
  Optional<Keys> complete(Keys.Builder keys, boolean scripts) throws IOException;
}
