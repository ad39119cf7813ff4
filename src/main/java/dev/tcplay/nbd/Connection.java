package dev.tcplay.nbd;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client, from its first byte to its last, and the threads that serve it. */
final class Connection implements Closeable {

  /** Threads of a client, so many of whose requests are under way at once. */
  static final int THREADS = 4;

  private final SocketChannel socket;
  private final NbdExport export;
  private final @Nullable Tls tls;
  private final Consumer<Throwable> failures;
  private final Thread first;
  private volatile @Nullable Transmission transmission;
  private volatile boolean closing;

  /** Done as soon as the client sends requests, or is gone. */
  private final CompletableFuture<@Nullable Void> greeted = new CompletableFuture<>();

  /**
   * Takes a client over.
   *
   * @param tls what the client must begin with, null for nothing
   * @param failures told what the device throws
   * @param ended called when the client is gone
   */
  Connection(
      SocketChannel socket,
      NbdExport export,
      @Nullable Tls tls,
      Consumer<Throwable> failures,
      Consumer<Connection> ended) {
    this.socket = socket;
    this.export = export;
    this.tls = tls;
    this.failures = failures;
    this.first = thread(() -> serve(ended));
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "tcplay-nbd");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins to serve a client that may take so long before its first request. If this throws, the
   * client is not served, and nothing will tell that it is gone.
   */
  void start(Duration greeting) {
    CompletableFuture<?> unused =
        greeted
            .orTimeout(greeting.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete(
                (none, late) -> {
                  if (late != null) {
                    closeSocket();
                  }
                });
    first.start();
  }

  private void serve(Consumer<Connection> ended) {
    try (socket) {
      prepare();
      Tls wanted = tls;
      Negotiation negotiation =
          new Negotiation(
              Wire.of(socket), export, wanted == null ? null : () -> wanted.secure(socket));
      Negotiation.Outcome outcome = negotiation.run();
      if (outcome != Negotiation.Outcome.END) {
        boolean structured = outcome == Negotiation.Outcome.STRUCTURED;
        transmit(new Transmission(negotiation.wire(), export, structured, failures));
      }
      // By TLS a client is told that this is the end, and nobody's who stands between.
      negotiation.wire().out().close();
    } catch (IOException | OutOfMemoryError e) {
      // The client is gone or broke the protocol, or there is no room for it: it sees the end.
    } finally {
      ended.accept(this);
      greeted.complete(null);
    }
  }

  /** Of a network: no answer waits for the next one, and who has vanished is found out. */
  private void prepare() throws IOException {
    for (SocketOption<Boolean> each :
        List.of(StandardSocketOptions.TCP_NODELAY, StandardSocketOptions.SO_KEEPALIVE)) {
      if (socket.supportedOptions().contains(each)) {
        socket.setOption(each, true);
      }
    }
  }

  private void transmit(Transmission requests) throws IOException {
    transmission = requests;
    greeted.complete(null);
    if (closing) {
      requests.close();
    }
    List<Thread> helpers = new ArrayList<>();
    try {
      while (helpers.size() < THREADS - 1) {
        Thread helper = thread(() -> help(requests));
        helpers.add(helper);
        helper.start();
      }
    } catch (OutOfMemoryError e) {
      // Those that there are do.
    }
    try {
      help(requests);
    } finally {
      helpers.forEach(Connection::join);
    }
  }

  private void help(Transmission requests) {
    Work work;
    try {
      work = requests.newWork();
    } catch (OutOfMemoryError e) {
      return; // Its buffer found no room, and it has taken no request: the other threads do.
    }
    boolean done = false;
    try {
      requests.run(work);
      done = true;
    } catch (IOException | OutOfMemoryError e) {
      // The client sees the end.
    } finally {
      if (!done) {
        // What one thread meets is the end for all of them: its request is never answered.
        closeSocket();
      }
    }
  }

  /** Nobody interrupts these threads. */
  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets requests under way end, and takes no more. */
  void finish() {
    closing = true;
    Transmission requests = transmission;
    if (requests != null) {
      requests.close();
    }
    try {
      socket.shutdownInput();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  /** Waits for the end, up to a moment; returns whether it has come. */
  boolean awaitEnd(long deadline) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    first.join(Math.max(1, left));
    return !first.isAlive();
  }

  /** Ends the client at once. */
  @Override
  public void close() {
    closeSocket();
    greeted.complete(null);
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing that could be lost any more.
    }
  }
}
