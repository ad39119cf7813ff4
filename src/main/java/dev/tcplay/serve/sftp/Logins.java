package dev.tcplay.serve.sftp;

import dev.tcplay.serve.GuessLimit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.server.auth.AsyncAuthException;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.password.PasswordChangeRequiredException;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/** Who may log in, under any user name: the owners of keys, and those who know the password. */
final class Logins implements PasswordAuthenticator, PublickeyAuthenticator {

  private static final long DELAY_SECONDS = 1;

  private final AuthorizedKeys keys;
  private final @Nullable PasswordDigest password;
  private final GuessLimit guesses = new GuessLimit();

  Logins(AuthorizedKeys keys, @Nullable PasswordDigest password) {
    this.keys = keys;
    this.password = password;
  }

  boolean takesKeys() {
    return !keys.isEmpty();
  }

  boolean takesPasswords() {
    return password != null;
  }

  @Override
  public boolean authenticate(String user, PublicKey key, ServerSession session) {
    return keys.contains(key);
  }

  @Override
  public boolean authenticate(String user, String given, ServerSession session) {
    InetAddress from = ((InetSocketAddress) session.getClientAddress()).getAddress();
    if (password != null && guesses.mayGuess(from) && password.isOf(given)) {
      guesses.wasRight(from);
      return true;
    }
    // Answered later without a thread that waits, or a few connections would keep all of them.
    AsyncAuthException later = new AsyncAuthException();
    Future<?> unused =
        session
            .getFactoryManager()
            .getScheduledExecutorService()
            .schedule(() -> later.setAuthed(false), DELAY_SECONDS, TimeUnit.SECONDS);
    throw later;
  }

  @Override
  public boolean handleClientPasswordChangeRequest(
      ServerSession session, String user, String old, String changed)
      throws PasswordChangeRequiredException {
    return false;
  }
}
