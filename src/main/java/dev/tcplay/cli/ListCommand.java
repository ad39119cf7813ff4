package dev.tcplay.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tcplay list}: the volumes that this user serves. */
@Command(
    name = "list",
    description =
        "Prints the mapped, mounted and served volumes of this user, and removes what killed ones have"
            + " left.")
final class ListCommand extends MappedCommand {

  @Option(names = "--json", description = "Print a JSON array of what status --json prints.")
  private boolean json;

  ListCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run() throws IOException {
    List<String> found = new ArrayList<>();
    int status =
        withAll(
            folder().names(),
            name -> found.add(ask(name, json ? ControlServer.JSON : ControlServer.LINE).strip()));
    for (String line : json ? List.of("[" + String.join(", ", found) + "]") : found) {
      out().line(line);
    }
    return status;
  }
}
