package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tcplay header restore}: the headers of a container from their backup. */
@Command(
    name = "restore",
    description = {
      "Writes the header of a container anew, from its backup at the end or from a file.",
      "The password is that of the backup, and decides which volume's header is restored."
    })
final class HeaderRestoreCommand extends HeaderSubcommand {

  @Option(
      names = "--from",
      paramLabel = "BACKUP",
      description = "Take the header from this file of 131072, 1024 or 512 bytes.")
  private @Nullable Path from;

  @Option(
      names = "--force",
      description = "Restore a header also if nothing is recognised in what it decrypts.")
  private boolean force;

  @Mixin private RandomOptions random = new RandomOptions();

  HeaderRestoreCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    with(
        headers -> {
          headers.random(random.random());
          Optional.ofNullable(from).ifPresent(headers::headerFile);
          RunningCommand.interruptiblyTelling(
              () -> headers.restore(force), () -> file() + ": nothing was changed");
          return headers;
        });
  }
}
