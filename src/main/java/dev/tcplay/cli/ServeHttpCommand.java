package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code tcplay serve http}. */
@Command(
    name = "http",
    description = {
      "Serves the files of a volume to browsers, which can only read them, and prints the address."
    })
final class ServeHttpCommand extends ServeWebSubcommand {

  ServeHttpCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void begin(Path root, TreeService service) throws IOException {
    service.add(options().http(root));
  }
}
