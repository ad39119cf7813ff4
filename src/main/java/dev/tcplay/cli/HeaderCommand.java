package dev.tcplay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tcplay header}, which only holds its subcommands. */
@Command(
    name = "header",
    description = "Shows, copies and restores the headers of a container.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class HeaderCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Returns the command with its subcommands. */
  static CommandLine create(Terminal terminal) {
    return new CommandLine(new HeaderCommand())
        .addSubcommand("info", new HeaderInfoCommand(terminal))
        .addSubcommand("backup", new HeaderBackupCommand(terminal))
        .addSubcommand("restore", new HeaderRestoreCommand(terminal))
        .addSubcommand("key", new HeaderKeyCommand(terminal));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "info, backup, restore or key is missing");
  }
}
