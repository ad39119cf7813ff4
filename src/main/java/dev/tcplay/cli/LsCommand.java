package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tcplay ls}: lists a directory. */
@Command(name = "ls", description = "Lists files, one path a line, directories with a slash.")
final class LsCommand extends ListingCommand {

  @Mixin private EntryPrinter printer = new EntryPrinter();

  @Option(names = "-R", description = "List what is in directories below, too.")
  private boolean recursive;

  private LsCommand(Terminal terminal) {
    super(terminal);
  }

  /** Returns the command. */
  static CommandLine create(Terminal terminal) {
    LsCommand command = new LsCommand(terminal);
    CommandLine line = new CommandLine(command);
    command.printer.sizes().addTo(line);
    return line;
  }

  @Override
  void list(Path top, BasicFileAttributes attributes, FailureLog failures) throws IOException {
    if (!attributes.isDirectory()) {
      show(top.getFileName(), top, attributes);
      return;
    }
    Tree.walk(
        top,
        failures,
        (entry, found) -> {
          show(top.relativize(entry), entry, found);
          return recursive;
        });
  }

  private void show(Path shown, Path path, BasicFileAttributes found) throws IOException {
    if (isJson()) {
      add(EntryPrinter.json(shown.toString(), path, found));
    } else {
      out().line(printer.line(shown.toString(), path, found));
    }
  }
}
