package dev.tcplay.cli;

import dev.tcplay.model.VolumeFinding;
import dev.tcplay.model.VolumeRepair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tcplay check}: looks for damage of the file system, and mends it if asked to. */
@Command(
    name = "check",
    description = {
      "Looks for damage of the file system and prints a line for each finding.",
      "Ends with status 4 if findings are left."
    })
final class CheckCommand extends VolumeCommand {

  @Option(
      names = "--repair",
      description = "Mend what is safe to mend; files that are sound are not touched.")
  private boolean repair;

  @Option(
      names = "--keep-lost",
      paramLabel = "DIR",
      description = "With --repair, keep lost clusters as files in DIR of the volume.")
  private @Nullable String keepLost;

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  private final List<Map<String, @Nullable Object>> listing = new ArrayList<>();
  private boolean left;

  CheckCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    if (keepLost != null && !repair) {
      throw misuse("--keep-lost goes with --repair");
    }
    checkThere();
    try {
      open(
          opener -> {
            if (repair) {
              VolumeRepair how = new VolumeRepair();
              opener
                  .readOnly(false)
                  .repair(keepLost == null ? how : how.withKeepLost(keepLost), this::show);
            } else {
              opener.check(this::show);
            }
            return opener;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (json) {
      out().line(Json.of(listing));
    }
  }

  @Override
  int status() {
    return left ? ExitStatus.FINDINGS : ExitStatus.FINE;
  }

  private void show(VolumeFinding finding) {
    left |= !finding.mended();
    if (json) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      members.put("kind", finding.kind());
      members.put("path", finding.path().orElse(null));
      members.put("text", finding.text());
      members.put("mended", finding.mended());
      listing.add(members);
      return;
    }
    String line =
        finding.path().map(path -> path + ": ").orElse("")
            + finding.text()
            + " ["
            + finding.kind()
            + (finding.mended() ? ", mended]" : "]");
    try {
      out().line(Names.visible(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
