package dev.tcplay.cli;

import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code tcplay}, which only holds its subcommands. */
@Command(
    name = "tcplay",
    description = "Opens and makes TrueCrypt and VeraCrypt containers.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class TcplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The subcommands, in the order in which the help lists them. */
  private static final List<String> SUBCOMMANDS =
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
          "map",
          "unmap",
          "status",
          "list",
          "table",
          "exec",
          "cryptdisks",
          "selftest",
          "benchmark");

  /** Returns the whole command line, ready to run. */
  static CommandLine create(Terminal terminal) {
    return create(terminal, SUBCOMMANDS);
  }

  /**
   * Returns a command line that runs these arguments as the whole one would. It knows only the
   * subcommand that they ask for: to read the options of all of them takes a fresh process as long
   * as to mount a small volume.
   */
  static CommandLine create(Terminal terminal, String... arguments) {
    boolean asked = arguments.length > 0 && SUBCOMMANDS.contains(arguments[0]);
    return create(terminal, asked ? List.of(arguments[0]) : SUBCOMMANDS);
  }

  private static Object subcommand(Terminal terminal, String name) {
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
      case "ls" -> new LsCommand(terminal);
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
      case "map" -> MapCommand.create(terminal);
      case "unmap" -> new UnmapCommand(terminal);
      case "status" -> new StatusCommand(terminal);
      case "list" -> new ListCommand(terminal);
      case "table" -> new TableCommand(terminal);
      case "exec" -> new ExecCommand(terminal);
      case "cryptdisks" -> CryptdisksCommand.create(terminal);
      case "selftest" -> new SelfTestCommand(terminal, Tcplay::diagnostics);
      case "benchmark" -> new BenchmarkCommand(terminal, Tcplay::diagnostics);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static CommandLine create(Terminal terminal, List<String> subcommands) {
    CommandLine line = new CommandLine(new TcplayCommand());
    for (String name : subcommands) {
      line.addSubcommand(name, subcommand(terminal, name));
    }
    // Setters of the whole tree, so they come after the subcommands. A password may begin with
    // "@" or "-", or be the name of an option.
    return line.setExpandAtFiles(false)
        .registerConverter(Keys.class, TcplayCommand::password)
        .registerConverter(Path.class, HostPaths::parse)
        .registerConverter(Size.class, Size::parse)
        .registerConverter(ZoneId.class, LocalOptions::parseZone)
        .registerConverter(Charset.class, LocalOptions::parseCodePage)
        .setAllowOptionsAsOptionParameters(true)
        .setOut(new PrintWriter(terminal.out().bytes(), false, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, arguments) -> misused(terminal, e))
        .setExecutionExceptionHandler((e, command, result) -> failed(terminal, e, command))
        .setUsageHelpAutoWidth(false);
  }

  /** Never fails, as the parser's message would show the text. */
  private static Keys password(String text) {
    BackgroundServer own = BackgroundServer.current();
    return own != null ? own.password(text) : Keys.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int misused(Terminal terminal, ParameterException failure) throws IOException {
    if (failure.getCause() instanceof AlgorithmList.Wanted wanted) {
      wanted.list().print(terminal.out());
      return ExitStatus.FINE;
    }
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    terminal.complain(message(failure) + " (see " + command + " --help)");
    return ExitStatus.USAGE;
  }

  /** What the parser could not place may be a password, so it is not repeated. */
  private static String message(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      return first.startsWith("-") ? "unknown option " + nameOf(first) : "too many arguments";
    }
    if (failure instanceof MaxValuesExceededException) {
      // Its message repeats the values.
      return "an option that is taken once, such as --password, is given twice";
    }
    return String.valueOf(failure.getMessage()).replaceFirst("^Error: ", "");
  }

  /** Returns an option without what may be its value: {@code --name=value}, {@code -nvalue}. */
  private static String nameOf(String option) {
    return option.startsWith("--")
        ? option.replaceFirst("(?s)=.*", "")
        : option.substring(
            0,
            option.offsetByCodePoints(0, Math.min(2, option.codePointCount(0, option.length()))));
  }

  private static int failed(Terminal terminal, Exception failure, CommandLine command) {
    if (RunningCommand.endsStopped(failure)) {
      return ExitStatus.FAILED;
    }
    terminal.complain(Failures.message(failure));
    if (command.getCommand() instanceof ContainerCommand ours && ours.isVerbose()) {
      terminal.err().print(Failures.trace(failure));
    }
    return ExitStatus.of(failure);
  }
}
