package dev.tcplay.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that talks to the processes of mapped volumes. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class MappedCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  MappedCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Does the work, and returns the exit status. */
  abstract int run() throws IOException;

  @Override
  public final Integer call() throws IOException {
    try {
      return run();
    } finally {
      terminal.out().flush();
    }
  }

  final RunFolder folder() throws IOException {
    return RunFolder.ofUser();
  }

  /** Returns where this run reads and writes. */
  final Terminal terminal() {
    return terminal;
  }

  final Output out() {
    return terminal.out();
  }

  /** Asks the process of a volume for facts, which it has at once. */
  final String ask(String name, String request) throws IOException {
    checkName(name);
    return new Mappings(folder()).ask(name, request);
  }

  /** Ends a volume unless programs use a mount of it; the answer comes when all is written. */
  final void end(String name) throws IOException {
    checkName(name);
    new Mappings(folder()).end(name);
  }

  /** Ends a volume, whoever uses it. */
  final void cutOff(String name) throws IOException {
    checkName(name);
    new Mappings(folder()).cutOff(name);
  }

  /** What is done with each volume of this user. */
  interface Work {
    void on(String name) throws IOException;
  }

  /**
   * Does something with each of some volumes, whatever goes wrong with one; what has ended
   * meanwhile is left out.
   */
  final int withAll(List<String> names, Work work) {
    int status = ExitStatus.FINE;
    for (String name : names) {
      try {
        work.on(name);
      } catch (NotMappedException e) {
        // Somebody else was faster.
      } catch (IOException e) {
        terminal.complain(Failures.message(e));
        status = ExitStatus.FAILED;
      }
    }
    return status;
  }

  private void checkName(String name) {
    try {
      RunFolder.checkName(name);
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  /** Says that the command was called wrongly. */
  final ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
