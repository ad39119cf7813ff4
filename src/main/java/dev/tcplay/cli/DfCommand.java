package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tcplay df}: how full a volume is. */
@Command(name = "df", description = "Prints how much of the file system in a container is in use.")
final class DfCommand extends VolumeCommand {

  @Option(names = "--json", description = "Print a JSON object, sizes in bytes.")
  private boolean json;

  private final HumanSizeOption sizes = new HumanSizeOption();

  private DfCommand(Terminal terminal) {
    super(terminal);
  }

  /** Returns the command. */
  static CommandLine create(Terminal terminal) {
    DfCommand command = new DfCommand(terminal);
    CommandLine line = new CommandLine(command);
    command.sizes.addTo(line);
    return line;
  }

  @Override
  void run() throws IOException {
    try (FileSystem volume = mount()) {
      FileStore store = Files.getFileStore(volume.getPath("/"));
      String type = store.type().replaceFirst("^tcplay:", "");
      long size = store.getTotalSpace();
      long free = store.getUnallocatedSpace();
      if (json) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("filesystem", type);
        facts.put("size", size);
        facts.put("used", size - free);
        facts.put("free", free);
        out().line(Json.of(facts));
      } else {
        out().line(row("filesystem", "size", "used", "free", "use%"));
        String use = size == 0 ? "-" : (long) Math.ceil(100.0 * (size - free) / size) + "%";
        out().line(row(type, sizes.text(size), sizes.text(size - free), sizes.text(free), use));
      }
    }
  }

  private static String row(String type, String size, String used, String free, String use) {
    return String.format(Locale.ROOT, "%-10s %15s %15s %15s %5s", type, size, used, free, use);
  }
}
