package dev.tcplay.cli;

import dev.tcplay.cli.help.ManPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tcplay man}: a manual page, of the command or of one of its commands. */
@Command(
    name = "man",
    description = "Prints the manual page of tcplay, or of a command, in the language of man(7).",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ManCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      completionCandidates = Subcommands.Candidates.class,
      description = "The command; all without it.")
  private List<String> names = List.of();

  ManCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    CommandLine line = Subcommands.find(terminal, names, spec.commandLine());
    String page = ManPage.of(line, new Version().getVersion()[0]);
    terminal.out().bytes().write(page.getBytes(StandardCharsets.UTF_8));
    terminal.out().flush();
    return ExitStatus.FINE;
  }
}
