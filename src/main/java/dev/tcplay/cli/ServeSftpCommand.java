package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tcplay serve sftp}. */
@Command(
    name = "sftp",
    description = {
      "Serves the files of a volume by SFTP, and prints the address, the fingerprint of the host"
          + " key and, without --authorized-keys, a new password. Any user name will do."
    })
final class ServeSftpCommand extends ServeSubcommand {

  @Mixin private SftpOptions options = new SftpOptions();

  ServeSftpCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void begin(Path root, TreeService service) throws IOException {
    service.add(options.serve(root, isReadOnly()));
  }
}
