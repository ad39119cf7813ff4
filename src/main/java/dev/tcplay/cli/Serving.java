package dev.tcplay.cli;

import dev.tcplay.OpenContainer;
import dev.tcplay.nbd.Tls;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The work of a process that serves a volume, from the open container to the end of the mapping.
 *
 * @param file the container, as facts name it
 * @param listen where clients may come besides the socket, null for nowhere
 * @param tls what encrypts that way, null for nothing
 */
record Serving(
    Terminal terminal,
    String name,
    Path file,
    boolean discards,
    @Nullable InetSocketAddress listen,
    @Nullable Tls tls) {

  /** Serves until somebody ends it; the container is closed by then, too. */
  void run(OpenContainer container, RunFolder folder) throws IOException {
    RunningCommand.Unfinished serving = RunningCommand.begin();
    try (serving) {
      container.warnings().forEach(warning -> terminal.complain("warning: " + warning));
      serve(container, folder.claim(name));
    }
  }

  private void serve(OpenContainer container, Claim claim) throws IOException {
    String end = "its process was stopped";
    MappedVolume volume = volume(container, claim);
    ControlServer control = new ControlServer(claim.control(), volume::facts);
    try {
      serve(container, claim, volume, control);
      end = ControlServer.OK;
    } catch (IOException e) {
      end = Failures.message(e);
      throw e;
    } finally {
      // Who asked for the end may take the name, and open the container, as soon as it is told.
      control.ended(end);
    }
  }

  private MappedVolume volume(OpenContainer container, Claim claim) throws IOException {
    try {
      return new MappedVolume(claim, file, container, discards, listen, tls);
    } catch (IOException e) {
      try (claim) {
        throw e;
      }
    }
  }

  private void serve(
      OpenContainer container, Claim claim, MappedVolume volume, ControlServer control)
      throws IOException {
    try (claim;
        container;
        volume) {
      control.start();
      announce(volume);
      RunningCommand.interruptibly(() -> await(control), () -> name + " is unmapped");
    }
  }

  private void announce(MappedVolume volume) throws IOException {
    for (String address : volume.addresses()) {
      terminal.out().line(address);
    }
    terminal.out().flush();
    BackgroundServer own = BackgroundServer.current();
    if (own != null) {
      own.detach();
    }
  }

  private static void await(ControlServer control) throws IOException {
    try {
      control.awaitStop();
    } catch (InterruptedException e) {
      InterruptedIOException stop = new InterruptedIOException("stopped");
      stop.initCause(e);
      throw stop;
    }
  }
}
