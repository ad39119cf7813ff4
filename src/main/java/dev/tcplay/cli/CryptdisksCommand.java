package dev.tcplay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tcplay cryptdisks}, which only holds its subcommands. */
@Command(
    name = "cryptdisks",
    description = "Maps the containers that a crypttab lists.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class CryptdisksCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Returns the command with its subcommands. */
  static CommandLine create(Terminal terminal) {
    return new CommandLine(new CryptdisksCommand())
        .addSubcommand("start", new CryptdisksStartCommand(terminal))
        .addSubcommand("stop", new CryptdisksStopCommand(terminal))
        .addSubcommand("status", new CryptdisksStatusCommand(terminal));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "start, stop or status is missing");
  }
}
