package dev.tcplay.cli;

import dev.tcplay.cli.help.Manual;
import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
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
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code tcplay}, which only holds its subcommands. */
@Command(
    name = "tcplay",
    description = "Opens and makes TrueCrypt and VeraCrypt containers.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class TcplayCommand implements Callable<Integer> {

  /** The parser's least. */
  private static final int NARROWEST_HELP = 55;

  /** Longer lines are hard to read. */
  private static final int WIDEST_HELP = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs the command and returns its exit status. */
  static int run(Terminal terminal, String... arguments) {
    int status = create(terminal, arguments).execute(arguments);
    if (status != ExitStatus.FINE) {
      return status;
    }
    try {
      // The parser prints help by a writer that keeps failures to itself.
      terminal.out().flush();
      return status;
    } catch (IOException e) {
      if (!ClosedPipeException.hasEnded(e)) {
        terminal.complain(Failures.message(e));
      }
      return ExitStatus.of(e);
    }
  }

  /** Returns the whole command line, ready to run. */
  static CommandLine create(Terminal terminal) {
    return create(terminal, Subcommands.NAMES);
  }

  /**
   * Returns a command line that runs these arguments as the whole one would. It knows only the
   * subcommand that they ask for: to read the options of all of them takes a fresh process as long
   * as to mount a small volume.
   */
  static CommandLine create(Terminal terminal, String... arguments) {
    boolean asked = arguments.length > 0 && Subcommands.NAMES.contains(arguments[0]);
    CommandLine line = create(terminal, asked ? List.of(arguments[0]) : Subcommands.NAMES);
    boolean asksHelp = List.of(arguments).contains("--help") || List.of(arguments).contains("-h");
    if (asksHelp && terminal.screen() instanceof Screen screen) {
      Ansi colours = screen.isPlain() ? Ansi.OFF : Ansi.ON;
      line.setColorScheme(Help.defaultColorScheme(colours));
      line.setUsageHelpWidth(Math.min(WIDEST_HELP, Math.max(NARROWEST_HELP, screen.width())));
    }
    return line;
  }

  private static CommandLine create(Terminal terminal, List<String> subcommands) {
    CommandLine line = new CommandLine(new TcplayCommand());
    for (String name : subcommands) {
      line.addSubcommand(name, Subcommands.make(terminal, name));
    }
    Manual.addTo(line);
    line.setColorScheme(Help.defaultColorScheme(Ansi.OFF));
    // One object for both: JDK 17 dies when it archives two lambdas of one method and an old class.
    ITypeConverter<Integer> numbers = TcplayCommand::number;
    // Setters of the whole tree, so they come after the subcommands. A password may begin with
    // "@" or "-", or be the name of an option.
    return line.setExpandAtFiles(false)
        .registerConverter(Keys.class, TcplayCommand::password)
        .registerConverter(Path.class, HostPaths::parse)
        .registerConverter(Size.class, Size::parse)
        .registerConverter(Integer.class, numbers)
        .registerConverter(int.class, numbers)
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

  /** The parser would say what a number is in the words of Java. */
  private static Integer number(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          text.matches("[+-]?\\d+") ? "the number is out of range" : "expected a whole number");
    }
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
    terminal.complain(Misuse.message(failure) + " (see " + command + " --help)");
    return ExitStatus.USAGE;
  }

  private static int failed(Terminal terminal, Exception failure, CommandLine command) {
    if (RunningCommand.endsStopped(failure)) {
      return ExitStatus.FAILED;
    }
    if (ClosedPipeException.hasEnded(failure)) {
      return ExitStatus.CLOSED_PIPE;
    }
    terminal.complain(Failures.message(failure) + hint(failure));
    if (command.getCommand() instanceof ContainerCommand ours && ours.isVerbose()) {
      terminal.err().print(Failures.trace(failure));
    }
    return ExitStatus.of(failure);
  }

  private static String hint(Exception failure) {
    return failure instanceof MissingCredentialsException missing && !missing.isOfOther()
        ? "; and there was nobody to ask: --password-file and --password-command give a password"
        : InsidePathHint.of(failure);
  }
}
