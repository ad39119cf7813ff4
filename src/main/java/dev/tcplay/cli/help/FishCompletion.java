package dev.tcplay.cli.help;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A script by which fish completes a command, out of the model of it. */
public final class FishCompletion {

  /** Tells by the words that stand before the cursor which command they begin. */
  private static final String FUNCTIONS =
      """
      # Whether the words behind the command begin with these.
      function __tcplay_in
          set -l words (commandline -opc)
          set -e words[1]
          string match -q -- "$argv *" "$words "
      end

      # Whether they are these.
      function __tcplay_at
          set -l words (commandline -opc)
          set -e words[1]
          test "$words" = "$argv"
      end

      complete -c tcplay -f
      """;

  private final StringBuilder script = new StringBuilder(FUNCTIONS);

  private FishCompletion() {}

  /** Returns the script of a whole command. */
  public static String of(CommandSpec spec) {
    FishCompletion completion = new FishCompletion();
    completion.add(spec);
    return completion.script.toString();
  }

  private void add(CommandSpec spec) {
    String path = Manual.nameOf(spec);
    boolean leaf = spec.subcommands().isEmpty();
    for (Map.Entry<String, CommandLine> sub : spec.subcommands().entrySet()) {
      CommandSpec below = sub.getValue().getCommandSpec();
      String description = Sentences.first(below.usageMessage().description());
      line("__tcplay_at " + path, "-a " + sub.getKey() + " -d " + quoted(description));
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        add(option, (leaf ? "__tcplay_in " : "__tcplay_at ") + path);
      }
    }
    boolean takesFiles =
        leaf && spec.positionalParameters().stream().anyMatch(FishCompletion::isFile);
    if (takesFiles || takesSources(spec)) {
      line("__tcplay_in " + path, "-F");
    }
    for (var argument : spec.positionalParameters()) {
      if (argument.completionCandidates() != null) {
        line("__tcplay_at " + path, "-a " + quoted(candidates(argument)));
      }
    }
    spec.subcommands().values().forEach(sub -> add(sub.getCommandSpec()));
  }

  /** Their paths are texts, as the last of them lies in the volume. */
  private static boolean takesSources(CommandSpec spec) {
    return List.of("put", "get").contains(spec.name());
  }

  private void add(OptionSpec option, String condition) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      boolean longer = name.startsWith("--");
      String kind = longer ? "-l " : name.length() == 2 ? "-s " : "-o ";
      names.append(kind).append(name.substring(longer ? 2 : 1)).append(' ');
    }
    String value = "";
    if (option.arity().max() > 0) {
      value = isFile(option) ? "-r -F " : "-x ";
      if (option.completionCandidates() != null) {
        value += "-a " + quoted(candidates(option)) + " ";
      }
    }
    line(condition, names + value + "-d " + quoted(Sentences.first(option.description())));
  }

  private static String candidates(ArgSpec argument) {
    return String.join(" ", argument.completionCandidates());
  }

  private static boolean isFile(ArgSpec argument) {
    boolean several = argument.auxiliaryTypes().length > 0;
    Class<?> type = several ? argument.auxiliaryTypes()[0] : argument.type();
    return type.equals(Path.class);
  }

  private void line(String condition, String rest) {
    script.append("complete -c tcplay -n ").append(quoted(condition.strip()));
    script.append(' ').append(rest).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
