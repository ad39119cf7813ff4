package dev.tcplay.nbd;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves one export by the NBD protocol: fixed newstyle, structured replies, any number of sockets
 * and several connections. A connection takes 1 MiB of buffers and four daemon threads, whatever
 * its client asks for; a client waits for no other. A new connection sees the size that the device
 * has then.
 *
 * <p>Safe for several threads. It leaves the device open.
 */
public final class NbdServer implements Closeable {

  /** How long a client may take before its first request. */
  private static final Duration GREETING = Duration.ofSeconds(60);

  /** How long closing waits for clients that do not take their answers, in seconds. */
  private static final int FAREWELL_SECONDS = 10;

  /** How long a server that can accept nobody waits, such as for descriptors, in milliseconds. */
  private static final long PAUSE_MILLIS = 100;

  /** Of one socket, so that strangers who come to one keep nobody away from another. */
  private static final int MOST_CONNECTIONS = 32;

  /** The part of the heap that the buffers of one socket's clients may take. */
  private static final int HEAP_SHARE = 8;

  private final NbdExport export;
  private final Consumer<Throwable> failures;
  private final Duration greeting;
  private final List<ServerSocketChannel> sockets = new CopyOnWriteArrayList<>();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Makes a server that nobody reaches yet.
   *
   * @param failures told what the device throws, by any thread
   */
  public NbdServer(NbdExport export, Consumer<Throwable> failures) {
    this(export, failures, GREETING);
  }

  NbdServer(NbdExport export, Consumer<Throwable> failures, Duration greeting) {
    this.export = export;
    this.failures = failures;
    this.greeting = greeting;
  }

  /** Serves whoever comes to a socket, which is bound and blocking; it is closed with this. */
  public void listen(ServerSocketChannel socket) {
    listen(socket, null);
  }

  /**
   * Serves those who come to a socket.
   *
   * @param socket which is bound and blocking; it is closed with this
   * @param tls what clients must begin with, null for nothing
   */
  public void listen(ServerSocketChannel socket, @Nullable Tls tls) {
    sockets.add(socket);
    Thread thread = new Thread(() -> accept(socket, tls), "tcplay-nbd-accept");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns how many clients there are. */
  public int connections() {
    return connections.size();
  }

  /** Returns how many clients of one socket there is room for; as much lies outside of the heap. */
  private static int mostConnections() {
    long perClient = (long) Transmission.CHUNK * Connection.THREADS;
    long room = Runtime.getRuntime().maxMemory() / HEAP_SHARE / perClient;
    return (int) Math.min(MOST_CONNECTIONS, Math.max(1, room));
  }

  private void accept(ServerSocketChannel socket, @Nullable Tls tls) {
    Semaphore places = new Semaphore(mostConnections());
    while (!closed) {
      try {
        welcome(socket.accept(), tls, places);
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | OutOfMemoryError e) {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void welcome(SocketChannel client, @Nullable Tls tls, Semaphore places)
      throws IOException {
    if (!places.tryAcquire()) {
      client.close();
      return;
    }
    try {
      serve(client, tls, places);
    } catch (RuntimeException | Error e) {
      // Its thread, which would give its place back, has not begun.
      try (client) {
        places.release();
        throw e;
      }
    }
  }

  private void serve(SocketChannel client, @Nullable Tls tls, Semaphore places) {
    Consumer<Connection> ended =
        each -> {
          connections.remove(each);
          places.release();
        };
    Connection connection = new Connection(client, export, tls, failures, ended);
    try {
      connections.add(connection);
      connection.start(greeting);
    } catch (RuntimeException | Error e) {
      connections.remove(connection);
      connection.close();
      throw e;
    }
    if (closed) {
      connection.close();
    }
  }

  /** Accepts nobody any more, lets the requests under way end, and ends all clients. */
  @Override
  public void close() throws IOException {
    closed = true;
    for (ServerSocketChannel socket : sockets) {
      socket.close();
    }
    connections.forEach(Connection::finish);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(FAREWELL_SECONDS);
    boolean interrupted = false;
    for (Connection connection : connections) {
      try {
        if (!connection.awaitEnd(deadline)) {
          connection.close();
          connection.awaitEnd(deadline);
        }
      } catch (InterruptedException e) {
        interrupted = true;
        connection.close();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
