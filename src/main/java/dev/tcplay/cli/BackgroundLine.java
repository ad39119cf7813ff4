package dev.tcplay.cli;

import dev.tcplay.model.Keys;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command line for a process that lives on: the passwords in it go apart, as bytes that can be
 * wiped, and a number stands in the place of each.
 *
 * @param arguments what the parser reads
 * @param passwords by their numbers, which begin at 0
 */
record BackgroundLine(List<String> arguments, List<String> passwords) {

  /**
   * Returns what a command was called with.
   *
   * @param all the arguments, those before the command, too
   * @param parsed what the command's own options are
   */
  static BackgroundLine of(List<String> all, ParseResult parsed) {
    List<String> arguments = new ArrayList<>(all);
    List<String> passwords = new ArrayList<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      if (option.type().equals(Keys.class)) {
        for (String password : option.originalStringValues()) {
          replace(arguments, option, password, passwords.size());
          passwords.add(password);
        }
      }
    }
    return new BackgroundLine(List.copyOf(arguments), List.copyOf(passwords));
  }

  private static void replace(List<String> all, OptionSpec option, String password, int number) {
    for (int i = 0; i < all.size(); i++) {
      for (String name : option.names()) {
        if (all.get(i).equals(name + "=" + password)) {
          all.set(i, name + "=" + number);
          return;
        } else if (all.get(i).equals(name)
            && i + 1 < all.size()
            && all.get(i + 1).equals(password)) {
          all.set(i + 1, Integer.toString(number));
          return;
        }
      }
    }
    throw new IllegalStateException("an option without its value: " + option.longestName());
  }
}
