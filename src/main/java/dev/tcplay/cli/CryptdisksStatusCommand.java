package dev.tcplay.cli;

import dev.tcplay.crypttab.Entry;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tcplay cryptdisks status}: which entries are mapped. */
@Command(
    name = "status",
    description = {
      "Prints for each entry whether it is mapped; the facts of NAME as status does, and fails if it"
          + " is not mapped."
    })
final class CryptdisksStatusCommand extends CryptdisksSubcommand {

  CryptdisksStatusCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run() throws IOException {
    List<Entry> entries = chosen();
    if (name().isPresent()) {
      for (String line : ask(entries.get(0).name(), ControlServer.STATUS).lines().toList()) {
        out().line(line);
      }
      return ExitStatus.FINE;
    }
    for (Entry entry : entries) {
      String state = isMapped(entry) ? "mapped" : "not mapped";
      out().line(entry.name() + ": " + entry.source() + ": " + state);
    }
    return ExitStatus.FINE;
  }
}
