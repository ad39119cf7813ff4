package dev.tcplay.cli;

import dev.tcplay.words.NearestWord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a wrong command line. What the parser could not place may be a password. */
final class Misuse {

  private Misuse() {}

  /** Returns the message, which repeats nothing that may be a password. */
  static String message(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      CommandSpec spec = failure.getCommandLine().getCommandSpec();
      String first = unmatched.getUnmatched().get(0);
      if (first.startsWith("-")) {
        return unknownOption(first, spec);
      }
      return spec.subcommands().isEmpty()
          ? "too many arguments"
          : noCommand(failure.getCommandLine(), first, "");
    }
    if (failure instanceof MaxValuesExceededException) {
      // Its message repeats the values.
      return "an option that is taken once, such as --password, is given twice";
    }
    if (failure instanceof MissingParameterException) {
      // An option that nobody knows may stand where the parameter is missed.
      CommandLine line = failure.getCommandLine();
      Optional<String> option =
          line.getUnmatchedArguments().stream().filter(each -> each.startsWith("-")).findFirst();
      if (option.isPresent()) {
        return unknownOption(option.get(), line.getCommandSpec());
      }
    }
    String message = String.valueOf(failure.getMessage());
    // It repeats those that are there.
    return failure instanceof MissingParameterException && message.startsWith("positional")
        ? "too few arguments"
        : message.replaceFirst("^Error: ", "");
  }

  private static String unknownOption(String given, CommandSpec spec) {
    String name = nameOf(given);
    return "unknown option " + name + NearestWord.hint(name, optionsOf(spec));
  }

  private static List<String> optionsOf(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !option.hidden())
        .flatMap(option -> Stream.of(option.names()))
        .filter(name -> name.startsWith("--"))
        .toList();
  }

  /** Returns an option without what may be its value: {@code --name=value}, {@code -nvalue}. */
  private static String nameOf(String option) {
    return option.startsWith("--")
        ? option.replaceFirst("(?s)=.*", "")
        : option.substring(
            0,
            option.offsetByCodePoints(0, Math.min(2, option.codePointCount(0, option.length()))));
  }

  /**
   * Returns what is said of a command that is not there.
   *
   * @param shown the name as it is shown, empty if it may be a password
   */
  static String noCommand(CommandLine line, String name, String shown) {
    String hint = NearestWord.hint(name, List.copyOf(line.getSubcommands().keySet()));
    return "no such command" + shown + hint;
  }
}
