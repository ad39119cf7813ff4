package dev.tcplay.cli;

import dev.tcplay.crypttab.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tcplay cryptdisks stop}: ends what {@code start} has begun. */
@Command(
    name = "stop",
    description = {
      "Ends the mapped entries, the last one first, as unmap does. Those that are not mapped are left"
          + " alone."
    })
final class CryptdisksStopCommand extends CryptdisksSubcommand {

  CryptdisksStopCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run() throws IOException {
    List<Entry> entries = new ArrayList<>(chosen());
    Collections.reverse(entries);
    int status = ExitStatus.FINE;
    for (Entry entry : entries) {
      try {
        if (isMapped(entry)) {
          end(entry.name());
        }
      } catch (IOException e) {
        complain(entry, Failures.message(e));
        status = ExitStatus.FAILED;
      }
    }
    return status;
  }
}
