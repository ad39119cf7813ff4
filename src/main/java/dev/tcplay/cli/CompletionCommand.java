package dev.tcplay.cli;

import dev.tcplay.cli.help.FishCompletion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** {@code tcplay completion}: a script by which a shell completes commands and options. */
@Command(
    name = "completion",
    description = "Prints a script by which a shell completes commands, options and file names.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CompletionCommand implements Callable<Integer> {

  /** The shells there are scripts for. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  private final Terminal terminal;

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  private Shell shell = Shell.bash;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The parser's generator leaves the negative names of options out. */
  private static void addNegated(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (option.negatable()) {
        String negated = option.longestName().replaceFirst("^--", "--no-");
        String[] names =
            Stream.concat(Stream.of(option.names()), Stream.of(negated)).toArray(String[]::new);
        spec.remove(option);
        spec.addOption(OptionSpec.builder(option).names(names).negatable(false).build());
      }
    }
    line.getSubcommands().values().forEach(CompletionCommand::addNegated);
  }

  @Override
  public Integer call() throws IOException {
    CommandLine whole = TcplayCommand.create(terminal);
    addNegated(whole);
    String script =
        shell == Shell.fish
            ? FishCompletion.of(whole.getCommandSpec())
            : AutoComplete.bash(whole.getCommandName(), whole);
    terminal.out().bytes().write(script.getBytes(StandardCharsets.UTF_8));
    terminal.out().flush();
    return ExitStatus.FINE;
  }
}
