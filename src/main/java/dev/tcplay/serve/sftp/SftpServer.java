package dev.tcplay.serve.sftp;

import dev.tcplay.serve.TreeServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Serves a tree of files by SFTP, version 3, and nothing else: no shell, no command, no forwarding.
 * OpenSSH's {@code sftp} and {@code scp}, {@code sshfs} and curl work with it.
 *
 * <pre>{@code
 * try (SftpServer server = SftpServer.of(tree).authorizedKeys(keys).start()) {
 *   System.out.println(server.addresses() + " " + server.fingerprint());
 *   server.awaitEnd();
 * }
 * }</pre>
 *
 * <p>Clients reach what is in the tree. {@code ..} ends at its root, and a symbolic link that leads
 * out is seen but not followed. Who logs in may give any user name; all may do the same.
 *
 * <p>At most 64 clients are connected at once, of them 10 that have not logged in. These have 30
 * seconds and 6 tries. After a wrong password the answer takes a second, and after 20 wrong ones in
 * a minute from one address no password from there counts until the minute is over; keys do. A
 * client that sends nothing for an hour is disconnected. It may have 8 channels, and 1,000 files or
 * directories open in each.
 *
 * <p>What SSHD logs goes to the loggers {@code org.apache.sshd} and {@code dev.tcplay.serve.sftp}
 * of {@code java.util.logging}. Each is switched off unless its level was set before. Keys of
 * Ed25519 need Bouncy Castle, which SSHD finds on the class path.
 *
 * <p>The threads are daemons: a program that has nothing else to do calls {@link #awaitEnd}.
 *
 * <p>Safe for several threads.
 */
public final class SftpServer implements TreeServer {

  private final SshEndpoint endpoint;
  private final String fingerprint;
  private final List<String> refusedKeys;

  private SftpServer(SshEndpoint endpoint, String fingerprint, List<String> refusedKeys) {
    this.endpoint = endpoint;
    this.fingerprint = fingerprint;
    this.refusedKeys = refusedKeys;
  }

  /**
   * Begins a server of a directory with all that is in it.
   *
   * @param root a directory of any file system, such as its root
   */
  public static Builder of(Path root) {
    return new Builder(root);
  }

  @Override
  public List<String> addresses() {
    return endpoint.addresses();
  }

  /** Returns where the server listens, with the port that it got. */
  public InetSocketAddress address() {
    return endpoint.address();
  }

  /** Returns the host key's fingerprint as {@code ssh} shows it: {@code SHA256:} and base64. */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * Returns why lines of the file of authorized keys were left out, such as {@code line 3: the
   * option "from" is not known here}; empty if none was.
   */
  public List<String> refusedKeys() {
    return refusedKeys;
  }

  /** Returns how many clients are logged in. */
  @Override
  public int clients() {
    return endpoint.clients();
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    endpoint.awaitEnd();
  }

  /**
   * Accepts nobody any more, and closes what clients have open, after the request that each has
   * under way. It waits for them at most 15 seconds.
   *
   * @throws IOException if a file that a client wrote could not be closed, now or when that client
   *     left, or a request did not end in time
   */
  @Override
  public void close() throws IOException {
    endpoint.close();
  }

  /**
   * What a server is made of. Login needs keys, a password or both. Not safe for several threads.
   */
  public static final class Builder {

    private final Path root;
    private InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private @Nullable Path hostKey;
    private @Nullable Path authorizedKeys;
    private @Nullable PasswordDigest password;
    private boolean readOnly;
    private Duration idleLimit = Duration.ofHours(1);
    private int connectionLimit = 64;

    private Builder(Path root) {
      this.root = root;
    }

    /**
     * Says where to listen.
     *
     * @param address port 0 takes a free one; by default a free one of the loopback interface
     * @throws IllegalArgumentException if it is the name of a host that is not known
     */
    public Builder listen(InetSocketAddress address) {
      if (address.isUnresolved()) {
        throw new IllegalArgumentException("the address has no number: " + address.getHostString());
      }
      listen = address;
      return this;
    }

    /**
     * Takes the host key from a file in OpenSSH's format, or in PEM, without a passphrase. By
     * default the server makes a key at its start, and forgets it at its end.
     */
    public Builder hostKey(Path file) {
      hostKey = file;
      return this;
    }

    /**
     * Lets the owners of these keys log in.
     *
     * @param file as OpenSSH's {@code authorized_keys}, read once, at the start. A line with
     *     options that would restrict more than this server does is left out; {@link
     *     SftpServer#refusedKeys()} tells.
     */
    public Builder authorizedKeys(Path file) {
      authorizedKeys = file;
      return this;
    }

    /**
     * Lets those log in who know a password.
     *
     * @param value not empty; only a digest of it is kept, and the caller wipes it
     * @throws IllegalArgumentException if it is empty
     */
    public Builder password(char[] value) {
      password = new PasswordDigest(value);
      return this;
    }

    /** Refuses all changes; by default the server allows them. */
    public Builder readOnly(boolean value) {
      readOnly = value;
      return this;
    }

    /**
     * Says after how long without a message a client is disconnected.
     *
     * @param limit zero for never; an hour by default
     * @throws IllegalArgumentException if it is negative
     */
    public Builder idleLimit(Duration limit) {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("the idle limit is negative");
      }
      idleLimit = limit;
      return this;
    }

    /**
     * Says how many clients may be connected at once.
     *
     * @param limit 1 or more; 64 by default
     * @throws IllegalArgumentException if it is less
     */
    public Builder connectionLimit(int limit) {
      if (limit < 1) {
        throw new IllegalArgumentException("the limit of connections is " + limit);
      }
      connectionLimit = limit;
      return this;
    }

    /**
     * Starts the server.
     *
     * @throws java.nio.file.NotDirectoryException if the root is no directory
     * @throws IOException if the root or a file of keys cannot be read or holds no key, or the
     *     address cannot be listened on
     * @throws IllegalStateException if nobody could log in
     */
    public SftpServer start() throws IOException {
      if (authorizedKeys == null && password == null) {
        throw new IllegalStateException("nobody could log in: neither keys nor a password given");
      }
      SshdGlobals.set();
      Tree tree = Tree.of(root, readOnly);
      KeyPair key = hostKey == null ? HostKeys.fresh() : HostKeys.read(hostKey);
      AuthorizedKeys keys =
          authorizedKeys == null ? AuthorizedKeys.NONE : AuthorizedKeys.read(authorizedKeys);
      SshEndpoint endpoint =
          SshEndpoint.start(
              tree, listen, key, new Logins(keys, password), idleLimit, connectionLimit);
      return new SftpServer(endpoint, HostKeys.fingerprint(key), keys.refused());
    }
  }
}
