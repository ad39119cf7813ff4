package dev.tcplay.cli;

import dev.tcplay.cli.dialect.TcplayLine;
import dev.tcplay.cli.dialect.TcplayRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The command as tcplay(8) has it: options only, its words, its exit statuses. */
final class DialectCommand {

  /** The status of tcplay(8) for what failed: -1, as a shell sees it. */
  static final int FAILED = 255;

  /** These, as the first word, ask for our own help and version. */
  private static final Set<String> OURS = Set.of("-h", "--help", "-V", "--version");

  private DialectCommand() {}

  /** Returns whether arguments are meant so. */
  static boolean isMeant(List<String> arguments) {
    return TcplayLine.begins(arguments) && !OURS.contains(arguments.get(0));
  }

  /** Runs arguments, and returns the exit status. */
  static int run(Terminal terminal, List<String> arguments) {
    TcplayLine line = TcplayLine.parse(arguments);
    try {
      if (line instanceof TcplayLine.Answer answer) {
        print(terminal.err(), answer.err());
        terminal.out().bytes().write(answer.out().getBytes(StandardCharsets.UTF_8));
        terminal.out().flush();
        return answer.status();
      }
      TcplayRequest request = (TcplayRequest) line;
      print(terminal.err(), request.warnings());
      Terminal asking = terminal.with(terminal.prompt().whereInputIsTerminal());
      return run(new DialectTerminal(asking), request);
    } catch (IOException | RuntimeException e) {
      if (ClosedPipeException.hasEnded(e)) {
        return ExitStatus.CLOSED_PIPE;
      }
      if (!RunningCommand.endsStopped(e)) {
        print(terminal.err(), Names.visible(message(e)) + "\n");
      }
      return FAILED;
    }
  }

  private static int run(DialectTerminal terminal, TcplayRequest request) throws IOException {
    try {
      return switch (request.task()) {
        case CREATE -> new DialectCreate(terminal, request).run();
        case INFO -> new DialectInfo(terminal, request).run();
        case MODIFY -> new DialectModify(terminal, request).run();
        case MAP -> new DialectMap(terminal, request).run();
        default -> new DialectMapped(terminal, request).run();
      };
    } finally {
      terminal.flush();
    }
  }

  static String message(Exception failure) {
    return failure instanceof IllegalArgumentException
        ? String.valueOf(failure.getMessage())
        : Failures.message(failure);
  }

  private static void print(PrintStream err, String text) {
    err.print(text);
    err.flush();
  }
}
