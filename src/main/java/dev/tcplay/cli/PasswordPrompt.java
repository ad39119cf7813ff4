package dev.tcplay.cli;

import java.io.Console;
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

  /** Returns the prompt of the process's console. */
  static PasswordPrompt console() {
    return PasswordPrompt::askOnConsole;
  }

  // There is none before JDK 22 where standard input or output is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static char @Nullable [] askOnConsole(String container) {
    Console console = System.console();
    return console == null || !isTerminal(console)
        ? null
        : console.readPassword("Password for %s: ", container);
  }

  /** From JDK 22 on there may be a console that is no terminal. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
