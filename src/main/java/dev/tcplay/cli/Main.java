package dev.tcplay.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The entry point of {@code java -jar tcplay.jar}. */
public final class Main {

  /** What the launcher puts in place of bytes that the locale cannot read. */
  private static final char UNREADABLE = '\uFFFD';

  private Main() {}

  /** Runs the command and ends the virtual machine with its exit status. */
  public static void main(String[] arguments) {
    runAndExit(Terminal.system(), arguments);
  }

  /** Runs the command, which signals may stop, and ends the virtual machine with its status. */
  static void runAndExit(Terminal terminal, String... arguments) {
    RunningCommand command = new RunningCommand();
    Thread hook = new Thread(() -> stop(command, terminal));
    Runtime machine = Runtime.getRuntime();
    if (!beforeSignal(() -> machine.addShutdownHook(hook))) {
      return;
    }
    int status = command.run(() -> run(terminal, arguments));
    if (beforeSignal(() -> machine.removeShutdownHook(hook))) {
      System.exit(status);
    }
  }

  /**
   * Changes the hooks, and returns whether no signal has started them; else the virtual machine
   * ends by itself, with the status of the signal.
   */
  private static boolean beforeSignal(Runnable change) {
    try {
      change.run();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** Has the command stopped, and says so. */
  private static void stop(RunningCommand command, Terminal terminal) {
    if (command.isHandedOver()) {
      return;
    }
    try {
      String said = command.stop();
      PrintWriter screen = terminal.screen();
      if (screen != null && command.isMidLine()) {
        screen.println();
        screen.flush();
      }
      terminal.prompt().leave();
      terminal.complain(said);
    } catch (InterruptedException e) {
      // Nobody interrupts a hook.
      Thread.currentThread().interrupt();
    }
  }

  /** Runs the command and returns its exit status. */
  static int run(Terminal terminal, String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].indexOf(UNREADABLE) >= 0 && !localeIsUnicode()) {
        terminal.complain("argument " + (i + 1) + " needs a UTF-8 locale, such as LC_ALL=C.UTF-8");
        return ExitStatus.USAGE;
      }
    }
    try {
      if (DialectCommand.isMeant(List.of(arguments))) {
        return DialectCommand.run(terminal, List.of(arguments));
      }
      return TcplayCommand.run(terminal, arguments);
    } catch (Error e) {
      // Such as too little memory: the parser passes on exceptions only.
      terminal.complain(Failures.message(e));
      if (List.of(arguments).contains("--verbose")) {
        e.printStackTrace(terminal.err());
      }
      return ExitStatus.FAILED;
    }
  }

  private static boolean localeIsUnicode() {
    return StandardCharsets.UTF_8.name().equals(System.getProperty("sun.jnu.encoding"));
  }
}
