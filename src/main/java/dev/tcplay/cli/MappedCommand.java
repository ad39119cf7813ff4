package dev.tcplay.cli;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that talks to the processes of mapped volumes. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class MappedCommand implements Callable<Integer> {

  /** How long an answer may take that needs no work, in seconds. */
  private static final int PATIENCE_SECONDS = 10;

  private final Terminal terminal;
  private final RunFolder folder = RunFolder.ofUser();

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

  final RunFolder folder() {
    return folder;
  }

  /** Returns where this run reads and writes. */
  final Terminal terminal() {
    return terminal;
  }

  final Output out() {
    return terminal.out();
  }

  /** Tells what goes wrong with one of several volumes. */
  final void complain(IOException failure) {
    terminal.complain(Failures.message(failure));
  }

  /** Asks the process of a volume for facts, which it has at once. */
  final String ask(String name, String request) throws IOException {
    SocketChannel channel = connect(name);
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .execute(() -> close(channel));
    return ControlServer.ask(channel, name, request);
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Whoever waits for it sees its end.
    }
  }

  /** Ends a mapping; the answer comes when all is written. */
  final void stop(String name) throws IOException {
    ControlServer.ask(connect(name), name, ControlServer.STOP);
  }

  private SocketChannel connect(String name) throws IOException {
    try {
      RunFolder.checkName(name);
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
    return folder
        .find(name)
        .orElseThrow(() -> new FileSystemException(name, null, "is not mapped"));
  }

  /** Says that the command was called wrongly. */
  final ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
