package dev.tcplay.cli;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcplay status}: the facts of a volume that is served. */
@Command(name = "status", description = "Prints the facts of a mapped, mounted or served volume.")
final class StatusCommand extends MappedCommand {

  @Parameters(index = "0", paramLabel = "NAME", description = "What the volume is called.")
  private String name = "";

  @Option(names = "--json", description = "Print a JSON object, null for what there is not.")
  private boolean json;

  StatusCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run() throws IOException {
    String facts = ask(name, json ? ControlServer.JSON : ControlServer.STATUS);
    for (String line : facts.lines().toList()) {
      out().line(line);
    }
    return ExitStatus.FINE;
  }
}
