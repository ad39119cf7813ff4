package dev.tcplay.cli;

import dev.tcplay.Tcplay;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The subcommands of the command. */
final class Subcommands {

  /** The subcommands, in the order in which the help lists them. */
  static final List<String> NAMES =
      List.of(
          "create",
          "format",
          "check",
          "info",
          "verify",
          "passwd",
          "header",
          "keyfile",
          "expand",
          "ls",
          "find",
          "df",
          "cat",
          "get",
          "put",
          "mkdir",
          "rm",
          "mv",
          "cp",
          "touch",
          "label",
          "export",
          "import",
          "sha256",
          "mount",
          "unmount",
          "serve",
          "map",
          "unmap",
          "status",
          "list",
          "table",
          "exec",
          "cryptdisks",
          "selftest",
          "benchmark",
          "help",
          "completion",
          "man");

  /** The names, for shells to complete. */
  static final class Candidates implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return NAMES.iterator();
    }
  }

  private Subcommands() {}

  /**
   * Finds a command by its words, such as "header backup"; no words are the whole.
   *
   * @param asking the command line that is told if there is none
   */
  static CommandLine find(Terminal terminal, List<String> names, CommandLine asking) {
    CommandLine line = TcplayCommand.create(terminal, names.toArray(String[]::new));
    for (String name : names) {
      CommandLine next = line.getSubcommands().get(name);
      if (next == null) {
        String why =
            line.getSubcommands().isEmpty()
                ? "too many arguments"
                : Misuse.noCommand(line, name, ": " + Names.visible(name));
        throw new ParameterException(asking, why);
      }
      line = next;
    }
    return line;
  }

  /** Returns the object, or command line, of a subcommand. */
  static Object make(Terminal terminal, String name) {
    return switch (name) {
      case "create" -> new CreateCommand(terminal);
      case "format" -> new FormatCommand(terminal);
      case "check" -> new CheckCommand(terminal);
      case "info" -> new InfoCommand(terminal);
      case "verify" -> new VerifyCommand(terminal);
      case "passwd" -> new PasswdCommand(terminal);
      case "header" -> HeaderCommand.create(terminal);
      case "keyfile" -> KeyfileCommand.create(terminal);
      case "expand" -> new ExpandCommand(terminal);
      case "ls" -> LsCommand.create(terminal);
      case "find" -> FindCommand.create(terminal);
      case "df" -> DfCommand.create(terminal);
      case "cat" -> new CatCommand(terminal);
      case "get" -> new GetCommand(terminal);
      case "put" -> new PutCommand(terminal);
      case "mkdir" -> new MkdirCommand(terminal);
      case "rm" -> new RmCommand(terminal);
      case "mv" -> new MvCommand(terminal);
      case "cp" -> new CpCommand(terminal);
      case "touch" -> new TouchCommand(terminal);
      case "label" -> new LabelCommand(terminal);
      case "export" -> new ExportCommand(terminal);
      case "import" -> new ImportCommand(terminal);
      case "sha256" -> new Sha256Command(terminal);
      case "mount" -> new MountCommand(terminal);
      case "unmount" -> new UnmountCommand(terminal);
      case "serve" -> ServeCommand.create(terminal);
      case "map" -> MapCommand.create(terminal);
      case "unmap" -> new UnmapCommand(terminal);
      case "status" -> new StatusCommand(terminal);
      case "list" -> new ListCommand(terminal);
      case "table" -> new TableCommand(terminal);
      case "exec" -> new ExecCommand(terminal);
      case "cryptdisks" -> CryptdisksCommand.create(terminal);
      case "selftest" -> new SelfTestCommand(terminal, Tcplay::diagnostics);
      case "benchmark" -> new BenchmarkCommand(terminal, Tcplay::diagnostics);
      case "help" -> new HelpCommand(terminal);
      case "completion" -> new CompletionCommand(terminal);
      case "man" -> new ManCommand(terminal);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
