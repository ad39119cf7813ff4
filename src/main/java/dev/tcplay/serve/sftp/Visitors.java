package dev.tcplay.serve.sftp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/** Who is connected, and who of them has logged in; ends connections over the limits. */
final class Visitors implements SessionListener {

  private static final int MOST_STRANGERS = 10;

  private final int limit;
  private final Map<Session, Boolean> loggedIn = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Visitors(int limit) {
    this.limit = limit;
  }

  @Override
  public void sessionCreated(Session session) {
    loggedIn.put(session, false);
    session.addCloseFutureListener(closing -> loggedIn.remove(session));
    if (closed || loggedIn.size() > limit || loggedIn.size() - clients() > MOST_STRANGERS) {
      session.close(true);
    }
  }

  @Override
  public void sessionEvent(Session session, Event event) {
    if (event == Event.Authenticated) {
      loggedIn.computeIfPresent(session, (known, before) -> true);
    }
  }

  int clients() {
    return (int) loggedIn.values().stream().filter(known -> known).count();
  }

  /** Lets nobody in any more. */
  void close() {
    closed = true;
  }
}
