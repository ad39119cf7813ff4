package dev.tcplay.cli;

import dev.tcplay.cli.help.FishCompletion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

  @Override
  public Integer call() throws IOException {
    CommandLine whole = TcplayCommand.create(terminal);
    String script =
        shell == Shell.fish
            ? FishCompletion.of(whole.getCommandSpec())
            : AutoComplete.bash(whole.getCommandName(), whole);
    terminal.out().bytes().write(script.getBytes(StandardCharsets.UTF_8));
    terminal.out().flush();
    return ExitStatus.FINE;
  }
}
