package dev.tcplay.cli;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The mapped volumes of a user, whose processes answer.
 *
 * @param folder where their sockets lie
 */
record Mappings(RunFolder folder) {

  /** How long an answer may take that needs no work, in seconds. */
  private static final int PATIENCE_SECONDS = 10;

  /**
   * Asks the process of a volume for facts, which it has at once.
   *
   * @throws NotMappedException if there is no such volume
   * @throws SilentProcessException if it does not answer in time
   */
  String ask(String name, String request) throws IOException {
    SocketChannel channel = connect(name);
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .execute(() -> close(channel));
    try {
      return ControlClient.ask(channel, name, request);
    } catch (SilentProcessException e) {
      String process = SocketProcess.of(folder.control(name)).map(pid -> " " + pid).orElse("");
      throw new SilentProcessException(name, process, e);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Whoever waits for it sees its end.
    }
  }

  /**
   * Ends a volume, unless programs use a mount of it; the answer comes when all is written.
   *
   * @throws NotMappedException if there is no such volume
   * @throws IOException if it is in use, and stays as it is, or something could not be kept
   */
  void end(String name) throws IOException {
    ControlClient.ask(connect(name), name, ControlServer.END);
  }

  /**
   * Ends a volume, also one in whose mount programs have files open: from these they are cut off.
   *
   * @throws NotMappedException if there is no such volume
   */
  void cutOff(String name) throws IOException {
    ControlClient.ask(connect(name), name, ControlServer.CUT_OFF);
  }

  private SocketChannel connect(String name) throws IOException {
    return folder.find(name).orElseThrow(() -> new NotMappedException(name));
  }
}
