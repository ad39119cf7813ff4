package dev.tcplay.cli;

import org.jspecify.annotations.Nullable;

/** Asks a person for a password. */
@FunctionalInterface
interface PasswordPrompt {

  /** How often a person who was asked may answer. */
  int TRIES = 3;

  /**
   * Asks a question, without showing what is typed.
   *
   * @param question names what the password is for, without a mark at its end
   * @return the password, which the caller wipes; null if there is nobody to ask
   */
  char @Nullable [] ask(String question);

  /** Ends the line of a question that waits for an answer, since the command is stopped. */
  default void leave() {}

  /** Returns who is asked if passwords are lines of standard input where that is no terminal. */
  default PasswordPrompt whereInputIsTerminal() {
    return this;
  }
}
