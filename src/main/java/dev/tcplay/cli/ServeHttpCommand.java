package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tcplay serve http}. */
@Command(
    name = "http",
    description = {
      "Serves the files of a volume to browsers, which can only read them, and prints the address."
    })
final class ServeHttpCommand extends ServeSubcommand {

  @Mixin private WebOptions options = new WebOptions();

  ServeHttpCommand(Terminal terminal) {
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
    service.add(options.http(root));
  }
}
