package dev.tcplay.cli.dialect;

import java.util.List;

/** What a command line of tcplay(8) comes to: a request, or an answer at once. */
public sealed interface TcplayLine permits TcplayRequest, TcplayLine.Answer {

  /**
   * An answer at once.
   *
   * @param status the exit status
   * @param out what is printed on standard output
   * @param err what is printed on standard error
   */
  record Answer(int status, String out, String err) implements TcplayLine {}

  /** Returns what arguments come to. */
  static TcplayLine parse(List<String> arguments) {
    return new LineParser().parse(arguments);
  }

  /** Returns whether arguments begin with an option of tcplay(8). */
  static boolean begins(List<String> arguments) {
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    if (first.startsWith("--")) {
      return first.length() > 2
          && !TcplayOption.ofLongName(first.substring(2).split("=", 2)[0]).isEmpty();
    }
    return first.length() > 1
        && first.startsWith("-")
        && TcplayOption.ofLetter(first.charAt(1)).isPresent();
  }
}
