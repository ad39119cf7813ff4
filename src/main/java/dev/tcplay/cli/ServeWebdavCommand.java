package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code tcplay serve webdav}. */
@Command(
    name = "webdav",
    description = {
      "Serves the files of a volume by WebDAV, class 2, as file managers of all systems open it,"
          + " and prints the address."
    })
final class ServeWebdavCommand extends ServeWebSubcommand {

  ServeWebdavCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void begin(Path root, TreeService service) throws IOException {
    service.add(options().webdav(root, isReadOnly()));
  }
}
