package dev.tcplay.cli;

import org.jspecify.annotations.Nullable;

/** Asks a person for a password. */
@FunctionalInterface
interface PasswordPrompt {

  /**
   * Asks for the password of a container, without showing what is typed.
   *
   * @return the password, which the caller wipes; null if there is nobody to ask
   */
  char @Nullable [] ask(String container);
}
