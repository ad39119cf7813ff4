package dev.tcplay.serve.sftp;

import java.io.Closeable;
import java.io.IOException;
import java.security.KeyPair;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/** SSHD's client, as a user with a password or a key. */
final class Client implements Closeable {

  static final String PASSWORD = "geheim";

  private static final Logger LOG = Logger.getLogger("org.apache.sshd");

  static {
    LOG.setLevel(Level.OFF);
  }

  private final SshClient ssh = SshClient.setUpDefaultClient();

  Client() {
    ssh.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    // Not the keys of who runs the tests.
    ssh.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    ssh.start();
  }

  /** Connects without a login. */
  ClientSession connect(SftpServer server) throws IOException {
    return ssh.connect("anyone", server.address()).verify(20_000).getSession();
  }

  ClientSession login(SftpServer server) throws IOException {
    return login(server, PASSWORD);
  }

  ClientSession login(SftpServer server, String password) throws IOException {
    return login(connect(server), session -> session.addPasswordIdentity(password));
  }

  ClientSession login(SftpServer server, KeyPair key) throws IOException {
    return login(connect(server), session -> session.addPublicKeyIdentity(key));
  }

  private interface Identity {
    void add(ClientSession session);
  }

  private static ClientSession login(ClientSession session, Identity identity) throws IOException {
    try {
      identity.add(session);
      session.auth().verify(20_000);
      return session;
    } catch (IOException e) {
      session.close(true);
      throw e;
    }
  }

  /** Returns SFTP in a session of its own, which ends with it. */
  SftpClient sftp(SftpServer server) throws IOException {
    return SftpClientFactory.instance().createSftpClient(login(server)).singleSessionInstance();
  }

  @Override
  public void close() {
    ssh.stop();
  }
}
