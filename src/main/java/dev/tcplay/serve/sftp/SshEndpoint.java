package dev.tcplay.serve.sftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A server of SSH on a socket, with its threads. Safe for several threads. */
final class SshEndpoint {

  private static final int SECONDS_TO_END = 5;

  private final SshServer ssh;
  private final ServerThreads threads;
  private final SftpSessions sessions;
  private final Visitors visitors;
  private final InetSocketAddress address;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  private SshEndpoint(
      SshServer ssh,
      ServerThreads threads,
      SftpSessions sessions,
      Visitors visitors,
      InetSocketAddress address) {
    this.ssh = ssh;
    this.threads = threads;
    this.sessions = sessions;
    this.visitors = visitors;
    this.address = address;
  }

  static SshEndpoint start(
      Tree tree,
      InetSocketAddress listen,
      KeyPair hostKey,
      Logins logins,
      Duration idleLimit,
      int connectionLimit)
      throws IOException {
    SshServer ssh = SshSettings.server(hostKey, logins, idleLimit);
    InetAddress address = listen.getAddress();
    ssh.setHost(address.isAnyLocalAddress() ? null : address.getHostAddress());
    ssh.setPort(listen.getPort());
    ServerThreads threads = new ServerThreads();
    ssh.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory(threads::moving));
    ssh.setScheduledExecutorService(threads.timing(), false);
    Visitors visitors = new Visitors(connectionLimit);
    ssh.addSessionListener(visitors);
    SftpSessions sessions = new SftpSessions();
    TreeRequests requests = new TreeRequests(tree);
    SftpSubsystemFactory settings =
        new SftpSubsystemFactory.Builder()
            .withSftpErrorStatusDataHandler(new Statuses())
            .withExecutorServiceProvider(threads::talking)
            .build();
    ssh.setSubsystemFactories(List.of(new SftpOnlyFactory(settings, requests, sessions)));
    try {
      ssh.start();
      return new SshEndpoint(
          ssh,
          threads,
          sessions,
          visitors,
          (InetSocketAddress) ssh.getBoundAddresses().iterator().next());
    } catch (IOException | RuntimeException e) {
      stop(ssh, threads);
      throw e;
    }
  }

  InetSocketAddress address() {
    return address;
  }

  List<String> addresses() {
    String host = address.getAddress().getHostAddress();
    String shown = address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host;
    return List.of("sftp://" + shown + ":" + address.getPort() + "/");
  }

  int clients() {
    return visitors.clients();
  }

  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  void close() throws IOException {
    if (closed.getAndSet(true)) {
      // Whoever closes the file system next must find that nobody uses it any more.
      awaitOtherClose();
      return;
    }
    visitors.close();
    boolean all;
    try {
      sessions.end();
      sessions.awaitEnd(SECONDS_TO_END);
      stop(ssh, threads);
      // Who waited for a client that takes no answer has been let go by now.
      all = sessions.awaitEnd(SECONDS_TO_END);
    } catch (InterruptedException e) {
      stop(ssh, threads);
      throw interrupted();
    } finally {
      ended.countDown();
    }
    sessions.throwFailure();
    if (!all) {
      throw new IOException("a client's request does not end");
    }
  }

  private void awaitOtherClose() throws IOException {
    try {
      ended.await();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while clients' requests were ending");
  }

  private static void stop(SshServer ssh, ServerThreads threads) throws IOException {
    ssh.close(true).await(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
    threads.end();
  }
}
