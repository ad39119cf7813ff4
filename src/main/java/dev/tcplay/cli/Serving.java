package dev.tcplay.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The work of a process that serves an open volume: until somebody asks for the end, or the service
 * ends of its own accord.
 *
 * @param volume closed by the end in any case
 */
record Serving(Terminal terminal, Closeable volume) {

  static final String NAME = "name";

  /** Takes a name for the process. */
  interface Naming {
    Claim claim() throws IOException;
  }

  /** Begins to serve the volume. */
  interface Start {
    Service begin(Claim claim) throws IOException;
  }

  /** Serves until somebody ends it. */
  void run(Naming naming, Start start) throws IOException {
    try (volume) {
      RunningCommand.Unfinished serving = RunningCommand.begin();
      try (serving) {
        run(naming.claim(), start);
      }
    }
  }

  private void run(Claim claim, Start start) throws IOException {
    String end = "its process was stopped";
    ControlServer control = new ControlServer(claim.control());
    try (claim;
        volume;
        Service service = start.begin(claim)) {
      serve(claim.name(), service, control);
      end = ControlServer.OK;
    } catch (IOException e) {
      end = Failures.message(e);
      throw e;
    } finally {
      // Who asked for the end may take the name, and open the container, as soon as it is told.
      control.ended(end);
    }
  }

  private void serve(String name, Service service, ControlServer control) throws IOException {
    control.start(() -> facts(name, service), service::mounts);
    for (String line : service.announcement()) {
      terminal.out().line(line);
    }
    terminal.out().flush();
    BackgroundServer own = BackgroundServer.current();
    if (own != null) {
      own.detach();
    }
    service.whenEnded(control::wake);
    RunningCommand.interruptibly(
        () -> await(name, service, control), () -> name + " " + service.farewell());
  }

  private static Map<String, @Nullable Object> facts(String name, Service service) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put(NAME, name);
    facts.putAll(service.facts());
    return facts;
  }

  private static void await(String name, Service service, ControlServer control)
      throws IOException {
    try {
      while (true) {
        EndWish wish = control.awaitWish();
        if (!wish.isPatient()) {
          return;
        }
        try {
          service.release();
          return;
        } catch (IOException e) {
          wish.refuse(
              Failures.message(e) + "; `tcplay unmap --force " + name + "` ends it all the same");
        }
      }
    } catch (InterruptedException e) {
      InterruptedIOException stop = new InterruptedIOException("stopped");
      stop.initCause(e);
      throw stop;
    }
  }
}
