package dev.tcplay.cli;

import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
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

  /** Returns the whole command line, ready to run. */
  static CommandLine create(Terminal terminal) {
    CommandLine line =
        new CommandLine(new TcplayCommand())
            .addSubcommand(new CreateCommand(terminal))
            .addSubcommand(new FormatCommand(terminal))
            .addSubcommand(new CheckCommand(terminal))
            .addSubcommand(new InfoCommand(terminal))
            .addSubcommand(new LsCommand(terminal))
            .addSubcommand(new CatCommand(terminal))
            .addSubcommand(new GetCommand(terminal))
            .addSubcommand(new PutCommand(terminal))
            .addSubcommand(new MkdirCommand(terminal))
            .addSubcommand(new RmCommand(terminal))
            .addSubcommand(new MvCommand(terminal))
            .addSubcommand(new CpCommand(terminal))
            .addSubcommand(new TouchCommand(terminal))
            .addSubcommand(new LabelCommand(terminal))
            .addSubcommand(new ExportCommand(terminal))
            .addSubcommand(new ImportCommand(terminal))
            .addSubcommand(new Sha256Command(terminal))
            .addSubcommand(new SelfTestCommand(terminal, Tcplay::diagnostics))
            .addSubcommand(new BenchmarkCommand(terminal, Tcplay::diagnostics));
    // Setters of the whole tree, so they come after the subcommands. A password may begin with
    // "@" or "-", or be the name of an option.
    return line.setExpandAtFiles(false)
        .registerConverter(Keys.class, TcplayCommand::password)
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
    return Keys.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int misused(Terminal terminal, ParameterException failure) {
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
