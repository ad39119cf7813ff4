package dev.tcplay.serve.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a server by HTTP listens, and who may ask it.
 *
 * <p>Without a login whoever knows the address is let in: it has a random token of 128 bits as the
 * first name of its path. A login needs TLS, and any address but the loopback one needs a login.
 *
 * <p>Not safe for several threads.
 *
 * @param <B> the builder itself
 */
public abstract class WebBuilder<B extends WebBuilder<B>> {

  private final Path tree;
  private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private @Nullable SSLContext tls;
  private @Nullable Login login;

  /** Begins with a tree: the directory at whose root clients are. */
  protected WebBuilder(Path tree) {
    this.tree = tree;
  }

  /** Returns this builder. */
  protected abstract B self();

  /** Takes the address to listen on; port 0, the default on the loopback address, is a free one. */
  public final B listen(InetSocketAddress address) {
    this.address = address;
    return self();
  }

  /** Has clients speak TLS, by a context that has the server's key and certificate. */
  public final B tls(SSLContext context) {
    this.tls = context;
    return self();
  }

  /**
   * Has clients log in by Basic authentication, instead of by a token in the address.
   *
   * @param user a name without a colon
   * @param password not empty; the array stays the caller's, who may wipe it afterwards
   * @throws IllegalArgumentException for such a name or an empty password
   */
  public final B login(String user, char[] password) {
    this.login = Login.of(user, password);
    return self();
  }

  /**
   * Adds a name by which clients call this host, such as that in the certificate. The address
   * itself, and {@code localhost} on the loopback address, count without it; other names are
   * refused, so that no page of another site reaches the server by a name of its own.
   */
  public final B hostName(String name) {
    names.add(name);
    return self();
  }

  /**
   * Returns all this, if it fits together.
   *
   * @throws IllegalArgumentException if it lets in whom it should not
   */
  final WebOptions options() {
    InetAddress host = address.getAddress();
    if (host == null) {
      throw new IllegalArgumentException("Unknown host: " + address.getHostString());
    }
    if (login != null && tls == null) {
      throw new IllegalArgumentException("A login needs TLS: without it others read the password");
    }
    if (login == null && !host.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "Only the loopback address is served without TLS and a login, not "
              + host.getHostAddress());
    }
    return new WebOptions(
        tree, address, Optional.ofNullable(tls), Optional.ofNullable(login), Set.copyOf(names));
  }
}
