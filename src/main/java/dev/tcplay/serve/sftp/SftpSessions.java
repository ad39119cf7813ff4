package dev.tcplay.serve.sftp;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The talks under way, and what went wrong when one of them ended. Safe for several threads. */
final class SftpSessions {

  private final Set<SftpSession> running = new HashSet<>();
  private boolean ending;
  private @Nullable IOException failure;

  synchronized void add(SftpSession session) throws IOException {
    if (ending) {
      throw new IOException("the server is being closed");
    }
    running.add(session);
  }

  synchronized void remove(SftpSession session) {
    running.remove(session);
    notifyAll();
  }

  /** Keeps that what a client wrote could not be kept, for who closes the server. */
  synchronized void failed(IOException e) {
    if (failure == null) {
      failure = e;
    } else if (failure.getSuppressed().length < 100) {
      failure.addSuppressed(e);
    }
  }

  /** Lets nobody begin any more, and all end after the request that they have under way. */
  void end() {
    for (SftpSession session : all()) {
      session.destroy(session.getServerChannelSession());
    }
  }

  private synchronized List<SftpSession> all() {
    ending = true;
    return List.copyOf(running);
  }

  /** Returns whether all have ended within some seconds. */
  synchronized boolean awaitEnd(int seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!running.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  synchronized void throwFailure() throws IOException {
    if (failure != null) {
      throw new IOException("what a client wrote could not be kept", failure);
    }
  }
}
