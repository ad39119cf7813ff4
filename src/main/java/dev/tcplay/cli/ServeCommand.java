package dev.tcplay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tcplay serve}, which only holds its subcommands. */
@Command(
    name = "serve",
    description = {
      "Serves the files of a volume to programs that know nothing of Java, until unmap, SIGTERM or"
          + " Ctrl-C."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Returns the command with its subcommands. */
  static CommandLine create(Terminal terminal) {
    return new CommandLine(new ServeCommand())
        .addSubcommand("sftp", new ServeSftpCommand(terminal))
        .addSubcommand("webdav", new ServeWebdavCommand(terminal))
        .addSubcommand("http", new ServeHttpCommand(terminal));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "sftp, webdav or http is missing");
  }
}
