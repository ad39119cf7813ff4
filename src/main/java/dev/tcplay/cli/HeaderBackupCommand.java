package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcplay header backup}: the headers of a container in a file. */
@Command(
    name = "backup",
    description = {
      "Copies the headers of the normal and of the hidden volume into OUT, 131072 bytes that"
          + " VeraCrypt restores, too; 1024 of TrueCrypt 1 to 5, 512 of a system drive.",
      "OUT opens the container by the passwords of today, also when they have changed."
    })
final class HeaderBackupCommand extends HeaderSubcommand {

  @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
  private Path out = Path.of("");

  @Option(names = "--force", description = "Replace OUT if it exists.")
  private boolean force;

  HeaderBackupCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    NewFile.check(out, force);
    with(
        headers -> {
          NewFile.make(out, () -> headers.backUp(out, force));
          return headers;
        });
  }
}
