package dev.tcplay.cli;

import org.jspecify.annotations.Nullable;

/** Asks a person for a password. */
@FunctionalInterface
interface PasswordPrompt {

  /**
   * Asks a question, without showing what is typed.
   *
   * @param question names what the password is for, without a mark at its end
   * @return the password, which the caller wipes; null if there is nobody to ask
   */
  char @Nullable [] ask(String question);
}
