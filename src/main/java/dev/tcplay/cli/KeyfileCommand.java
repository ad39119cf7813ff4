package dev.tcplay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tcplay keyfile}, which only holds its subcommands. */
@Command(
    name = "keyfile",
    description = "Makes keyfiles, and tells what files are worth as keyfiles.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class KeyfileCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Returns the command with its subcommands. */
  static CommandLine create(Terminal terminal) {
    return new CommandLine(new KeyfileCommand())
        .addSubcommand("create", new KeyfileCreateCommand())
        .addSubcommand("check", new KeyfileCheckCommand(terminal));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "create or check is missing");
  }
}
