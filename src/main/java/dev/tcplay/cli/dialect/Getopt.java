package dev.tcplay.cli.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Splits arguments into options as getopt_long does; what is no option is passed over. */
final class Getopt {

  /**
   * An option that was given.
   *
   * @param value empty for an option that takes none
   */
  record Given(TcplayOption option, String value) {}

  private final List<String> arguments;
  private final List<Given> given = new ArrayList<>();
  private int next;

  private Getopt(List<String> arguments) {
    this.arguments = arguments;
  }

  /**
   * Returns the options in the order in which they were given.
   *
   * @throws UsageException if one is unknown, or misses its value
   */
  static List<Given> split(List<String> arguments) throws UsageException {
    Getopt getopt = new Getopt(arguments);
    getopt.split();
    return getopt.given;
  }

  private void split() throws UsageException {
    while (next < arguments.size()) {
      String argument = arguments.get(next++);
      if (argument.equals("--")) {
        return;
      } else if (argument.startsWith("--")) {
        longOption(argument.substring(2));
      } else if (argument.startsWith("-") && argument.length() > 1) {
        letters(argument);
      }
    }
  }

  private void longOption(String text) throws UsageException {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    List<TcplayOption> found = TcplayOption.ofLongName(name);
    if (found.isEmpty()) {
      throw new UsageException("unrecognized option '--" + name + "'");
    } else if (found.size() > 1) {
      throw new UsageException(
          "option '--" + text + "' is ambiguous; possibilities:" + names(found));
    }
    TcplayOption option = found.get(0);
    if (option.takesValue()) {
      String value =
          equals < 0
              ? nextArgument("option '--" + option.longName() + "' requires an argument")
              : text.substring(equals + 1);
      given.add(new Given(option, value));
    } else if (equals >= 0) {
      throw new UsageException("option '--" + option.longName() + "' doesn't allow an argument");
    } else {
      given.add(new Given(option, ""));
    }
  }

  private static String names(List<TcplayOption> options) {
    return options.stream()
        .map(option -> " '--" + option.longName() + "'")
        .collect(Collectors.joining());
  }

  private void letters(String argument) throws UsageException {
    for (int i = 1; i < argument.length(); i++) {
      char letter = argument.charAt(i);
      Optional<TcplayOption> found = TcplayOption.ofLetter(letter);
      if (found.isEmpty()) {
        throw new UsageException("invalid option -- '" + letter + "'");
      }
      TcplayOption option = found.get();
      if (!option.takesValue()) {
        given.add(new Given(option, ""));
        continue;
      }
      String rest = argument.substring(i + 1);
      String value =
          rest.isEmpty() ? nextArgument("option requires an argument -- '" + letter + "'") : rest;
      given.add(new Given(option, value));
      return;
    }
  }

  private String nextArgument(String complaint) throws UsageException {
    if (next == arguments.size()) {
      throw new UsageException(complaint);
    }
    return arguments.get(next++);
  }
}
