package dev.tcplay.cli;

import dev.tcplay.ContainerHeaders;
import dev.tcplay.model.HeaderInfo;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tcplay header info}: the fields of the header, and whether both copies of it open. */
@Command(
    name = "info",
    description = {
      "Prints the fields of the header that opens, and whether the other copy of it opens, too.",
      "Each copy is opened by the same password, keyfiles, PIM, hash and cipher."
    })
final class HeaderInfoCommand extends HeaderSubcommand {

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  HeaderInfoCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    HeaderInfo info = with(ContainerHeaders::info);
    Map<String, @Nullable Object> facts = VolumeFacts.of(info.volume());
    facts.put("header-version", info.version());
    facts.put(
        "minimum-program",
        "%x.%x".formatted(info.minimumProgramVersion() >> 8, info.minimumProgramVersion() & 0xFF));
    facts.put("in-place", info.inPlace());
    facts.put("header", info.header().text());
    facts.put("backup-header", info.backup().text());
    info.warnings().forEach(this::warn);
    if (json) {
      out().line(Json.of(facts));
    } else {
      VolumeFacts.print(facts, out());
    }
  }
}
