package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tcplay serve webdav}. */
@Command(
    name = "webdav",
    description = {
      "Serves the files of a volume by WebDAV, class 2, as file managers of all systems open it,"
          + " and prints the address."
    })
final class ServeWebdavCommand extends ServeSubcommand {

  @Mixin private WebOptions options = new WebOptions();

  ServeWebdavCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void check() {
    if (options.isInClearForOthers()) {
      throw misuse(WebOptions.IN_CLEAR);
    }
  }

  @Override
  void begin(Path root, TreeService service) throws IOException {
    service.add(options.webdav(root, isReadOnly()));
  }
}
