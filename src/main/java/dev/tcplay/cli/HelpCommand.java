package dev.tcplay.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tcplay help}: what {@code --help} behind a command prints. */
@Command(
    name = "help",
    description = "Prints the help of a command, such as ls or header backup.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class HelpCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      completionCandidates = Subcommands.Candidates.class,
      description = "The command; all without it.")
  private List<String> names = List.of();

  HelpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Subcommands.find(terminal, names, spec.commandLine());
    List<String> arguments = new ArrayList<>(names);
    arguments.add("--help");
    String[] asked = arguments.toArray(String[]::new);
    return TcplayCommand.create(terminal, asked).execute(asked);
  }
}
