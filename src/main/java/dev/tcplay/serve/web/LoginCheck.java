package dev.tcplay.serve.web;

import dev.tcplay.serve.GuessLimit;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Lets in who logs in, and bounds how fast others guess. A connection over which somebody has
 * logged in is let in also while guesses from its address are not looked at. Safe for several
 * threads.
 */
final class LoginCheck {

  /** More connections than the server has at once. */
  private static final int MOST_KNOWN = 512;

  private final Login login;
  private final GuessLimit guesses = new GuessLimit();
  private final Set<InetSocketAddress> known = new LinkedHashSet<>();

  LoginCheck(Login login) {
    this.login = login;
  }

  /**
   * Goes on if a request has the login.
   *
   * @throws HttpFailure with 401 if not, 429 if it is not looked at
   */
  void check(Exchange exchange) throws HttpFailure {
    byte[] said = exchange.authorization();
    try {
      check(exchange, said);
    } finally {
      Arrays.fill(said, (byte) 0);
    }
  }

  private void check(Exchange exchange, byte[] said) throws HttpFailure {
    if (said.length == 0) {
      throw refuse(exchange);
    }
    InetSocketAddress client = exchange.client();
    boolean counted = !isKnown(client);
    if (counted && !guesses.mayGuess(client.getAddress())) {
      exchange.addHeader("Retry-After", "60");
      throw new HttpFailure(429, "Too many wrong logins");
    }
    if (!login.matches(said)) {
      forget(client);
      throw refuse(exchange);
    }
    if (counted) {
      guesses.wasRight(client.getAddress());
      remember(client);
    }
  }

  private static HttpFailure refuse(Exchange exchange) {
    exchange.addHeader("WWW-Authenticate", "Basic realm=\"files\", charset=\"UTF-8\"");
    return new HttpFailure(401, "No login, or a wrong one");
  }

  /** What is in use is not the oldest. */
  private synchronized boolean isKnown(InetSocketAddress client) {
    boolean isKnown = known.remove(client);
    if (isKnown) {
      known.add(client);
    }
    return isKnown;
  }

  /** Another program may get the port once the connection has ended: it has one guess for it. */
  private synchronized void forget(InetSocketAddress client) {
    known.remove(client);
  }

  private synchronized void remember(InetSocketAddress client) {
    if (known.size() >= MOST_KNOWN) {
      Iterator<InetSocketAddress> oldest = known.iterator();
      oldest.next();
      oldest.remove();
    }
    known.add(client);
  }
}
