package dev.tcplay.serve.web;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * Coyote, Tomcat's server of HTTP, without the container of servlets above it: it writes no file,
 * has no sessions, and registers nothing. Safe for several threads.
 */
final class CoyoteServer implements Closeable {

  private static final int CONNECTIONS = 256;
  private static final int THREADS = 32;
  private static final int BACKLOG = 64;
  private static final int HEAD_BYTES = 16 << 10;
  private static final int HEAD_FIELDS = 64;
  private static final Duration HEAD_TIME = Duration.ofSeconds(30);

  /** How often slow heads are looked for, in seconds. */
  private static final int WATCH = 5;

  /** What of a refused body is read, so that the client gets the answer, in bytes. */
  private static final int SWALLOWED = 1 << 20;

  /** How long one read or write may take, in milliseconds. */
  private static final int READ_TIMEOUT = 20_000;

  private static final int IDLE_TIMEOUT = 60_000;

  /** How long requests may take to their end after the server's, in milliseconds. */
  private static final int GRACE = 3_000;

  /** Loggers of Coyote that tell of starts and of malformed requests; held, so that they last. */
  private static final List<Logger> TALKATIVE =
      List.of(Logger.getLogger("org.apache.coyote"), Logger.getLogger("org.apache.tomcat"));

  private final WebOptions options;
  private final Guard guard;
  private final RequestsUnderWay underWay = new RequestsUnderWay();
  private final WatchedProtocol protocol = new WatchedProtocol(HEAD_TIME);
  private final ThreadFactory threads;
  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService timer;
  private final CountDownLatch end = new CountDownLatch(1);
  private List<String> addresses = List.of();
  private boolean closed;

  private CoyoteServer(WebOptions options, WebHandler handler) {
    this.options = options;
    guard = new Guard(options);
    threads =
        task -> {
          Thread thread = new Thread(task, "tcplay-web");
          thread.setDaemon(true);
          return thread;
        };
    workers =
        new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    workers.allowCoreThreadTimeOut(true);
    timer = Executors.newSingleThreadScheduledExecutor(threads);
    protocol.setAdapter(new Door(guard, handler, underWay));
    protocol.setExecutor(workers);
    protocol.setUtilityExecutor(timer);
    protocol.setAddress(options.address().getAddress());
    protocol.setPort(options.address().getPort());
    protocol.setMaxConnections(CONNECTIONS);
    protocol.setAcceptCount(BACKLOG);
    protocol.setConnectionTimeout(READ_TIMEOUT);
    protocol.setKeepAliveTimeout(IDLE_TIMEOUT);
    protocol.setMaxKeepAliveRequests(-1);
    protocol.setMaxHttpHeaderSize(HEAD_BYTES);
    protocol.setMaxHeaderCount(HEAD_FIELDS);
    protocol.setMaxSwallowSize(SWALLOWED);
    protocol.setUseSendfile(false);
    options.tls().ifPresent(context -> secure(new TlsContext(context)));
  }

  /** Begins to serve. */
  static CoyoteServer start(WebOptions options, WebHandler handler) throws IOException {
    for (Logger logger : TALKATIVE) {
      // Who wants to hear it has said so.
      if (logger.getLevel() == null) {
        logger.setLevel(Level.WARNING);
      }
    }
    CoyoteServer server = new CoyoteServer(options, handler);
    try {
      server.protocol.init();
      server.protocol.start();
      Future<?> unused =
          server.timer.scheduleWithFixedDelay(
              server.protocol::endSlow, WATCH, WATCH, TimeUnit.SECONDS);
      server.addresses = server.findAddresses();
      return server;
    } catch (Exception e) {
      IOException failure =
          e instanceof BindException
              ? new BindException("Cannot listen on " + options.address())
              : new IOException("The server does not start: " + e.getMessage());
      failure.initCause(e);
      try {
        server.close();
      } catch (IOException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  /** Returns the addresses of the root, with the token if there is one. */
  List<String> addresses() {
    return addresses;
  }

  int connections() {
    // The one that it waits for counts, too.
    return (int) Math.max(0, protocol.getConnectionCount() - 1);
  }

  void awaitEnd() throws InterruptedException {
    end.await();
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    underWay.end();
    boolean interrupted = Thread.interrupted();
    try {
      protocol.pause();
      protocol.closeServerSocketGraceful();
      underWay.awaitNone(GRACE);
      underWay.cutOff();
      protocol.stop();
      protocol.destroy();
      workers.shutdownNow();
      if (!underWay.awaitNone(GRACE)) {
        throw new IOException("A request does not end, so files may still be written");
      }
    } catch (InterruptedException e) {
      throw (IOException) new InterruptedIOException().initCause(e);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("The server did not end: " + e.getMessage(), e);
    } finally {
      workers.shutdownNow();
      timer.shutdownNow();
      end.countDown();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<String> findAddresses() {
    String scheme = options.tls().isPresent() ? "https" : "http";
    String end = ":" + protocol.getLocalPort() + guard.prefix() + "/";
    return HostNames.of(options).stream().map(host -> scheme + "://" + host + end).toList();
  }

  private void secure(TlsContext context) {
    SSLHostConfig host = new SSLHostConfig();
    host.setProtocols("TLSv1.2+TLSv1.3");
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setSslContext(context);
    host.addCertificate(certificate);
    protocol.setSSLEnabled(true);
    protocol.setSecure(true);
    protocol.addSslHostConfig(host);
  }
}
