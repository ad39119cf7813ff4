package dev.tcplay.cli;

import dev.tcplay.crypttab.Crypttab;
import dev.tcplay.crypttab.Dialect;
import dev.tcplay.crypttab.Entry;
import dev.tcplay.crypttab.Skipped;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command on the entries of a crypttab. */
abstract class CryptdisksSubcommand extends MappedCommand {

  @Option(
      names = "--crypttab",
      paramLabel = "FILE",
      description = "The table; /etc/crypttab without it.")
  private Path file = Path.of("/etc/crypttab");

  @Option(
      names = "--dialect",
      paramLabel = "NAME",
      completionCandidates = Choices.Dialects.class,
      required = true,
      description = "Whose table it is: " + Dialect.NAMES + ".")
  private String dialect = "";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The entry; all without it.")
  private @Nullable String name;

  CryptdisksSubcommand(Terminal terminal) {
    super(terminal);
  }

  /** Returns the entry that is asked for, empty for all. */
  final Optional<String> name() {
    return Optional.ofNullable(name);
  }

  final Path file() {
    return file;
  }

  final String dialect() {
    return dialect;
  }

  /** Returns the entry that is asked for, or all; tells which are skipped. */
  final List<Entry> chosen() throws IOException {
    Crypttab table = Crypttab.read(file, checkedDialect());
    if (name == null) {
      for (Skipped each : table.skipped()) {
        terminal().complain(each.message());
      }
      return table.entries();
    }
    Optional<Skipped> skipped = table.findSkipped(name);
    if (skipped.isPresent()) {
      throw new IOException(skipped.get().message());
    }
    return List.of(
        table
            .find(name)
            .orElseThrow(
                () -> new FileSystemException(file.toString(), null, "has no entry " + name)));
  }

  private Dialect checkedDialect() {
    try {
      return Dialect.of(dialect);
    } catch (IllegalArgumentException e) {
      throw misuse("--dialect: " + e.getMessage());
    }
  }

  /** Tells whether an entry is mapped; what cannot be the name of a mapped volume is not. */
  final boolean isMapped(Entry entry) throws IOException {
    try {
      RunFolder.checkName(entry.name());
    } catch (IllegalArgumentException e) {
      return false;
    }
    return folder().isMapped(entry.name());
  }

  /** Tells what went wrong with an entry. */
  final void complain(Entry entry, String message) {
    terminal().complain(entry.place() + ": " + entry.name() + ": " + message);
  }
}
