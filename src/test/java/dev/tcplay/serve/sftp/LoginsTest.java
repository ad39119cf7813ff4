package dev.tcplay.serve.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.EnumSet;
import java.util.List;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in, and what else SSH could do and this server does not. */
@Timeout(120)
class LoginsTest {

  private static Client client;

  @TempDir private Path folder;
  private Path tree;

  @BeforeAll
  static void start() {
    client = new Client();
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectory(folder.resolve("tree"));
    Files.writeString(tree.resolve("file"), "content");
  }

  private SftpServer served() throws IOException {
    return SftpServer.of(tree).password(Client.PASSWORD.toCharArray()).start();
  }

  private static String read(SftpServer server, ClientSession session) throws IOException {
    try (SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
      assertEquals(1, server.clients());
      return new String(sftp.read("/file").readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void thePasswordLetsInUnderAnyName() throws IOException {
    try (SftpServer server = served();
        ClientSession session = client.login(server)) {
      assertEquals("content", read(server, session));
    }
  }

  @Test
  void aWrongPasswordIsAnsweredLateAndRefused() throws IOException {
    try (SftpServer server = served()) {
      long start = System.nanoTime();
      assertThrows(SshException.class, () -> client.login(server, "geheiM").close());
      assertTrue(System.nanoTime() - start > 900_000_000, "answered at once");
      assertEquals(0, server.clients());
    }
  }

  @Test
  void noneGetsInWithoutALogin() throws IOException {
    try (SftpServer server = served();
        ClientSession session = client.connect(server)) {
      assertThrows(SshException.class, () -> session.auth().verify(20_000));
    }
  }

  @ParameterizedTest
  @CsvSource({"ssh-ed25519, 256", "ecdsa-sha2-nistp521, 521", "ssh-rsa, 2048"})
  void theOwnerOfAKeyGetsInAndAnotherDoesNot(String type, int bits) throws Exception {
    KeyPair known = KeyUtils.generateKeyPair(type, bits);
    // Another key of RSA would take long to make.
    KeyPair unknown =
        type.equals("ssh-rsa")
            ? KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256)
            : KeyUtils.generateKeyPair(type, bits);
    Path keys = Files.writeString(folder.resolve("keys"), "\n# mine\n" + line(known) + " me\n");
    try (SftpServer server = SftpServer.of(tree).authorizedKeys(keys).start()) {
      assertEquals(List.of(), server.refusedKeys());
      assertThrows(SshException.class, () -> client.login(server, unknown).close());
      assertThrows(SshException.class, () -> client.login(server, Client.PASSWORD).close());
      try (ClientSession session = client.login(server, known)) {
        assertEquals("content", read(server, session));
      }
    }
  }

  private static String line(KeyPair key) {
    return PublicKeyEntry.toString(key.getPublic());
  }

  @Test
  void linesThatWouldRestrictMoreAreLeftOut() throws Exception {
    KeyPair plain = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
    KeyPair restricted = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
    Path keys = folder.resolve("keys");
    Files.writeString(
        keys,
        "restrict,no-pty "
            + line(plain)
            + "\nfrom=\"10.0.0.1\" "
            + line(restricted)
            + "\ncommand=\"internal-sftp -R\",no-pty "
            + line(restricted)
            + "\nexpiry-time=\"20200101\" "
            + line(restricted)
            + "\ncert-authority "
            + line(restricted)
            + "\nssh-rsa AAAAnonsense\nnonsense\n");
    try (SftpServer server = SftpServer.of(tree).authorizedKeys(keys).start()) {
      assertEquals(
          List.of(
              "line 2: the option \"from\" is not known here",
              "line 3: the option \"command\" is not known here",
              "line 4: the option \"expiry-time\" is not known here",
              "line 5: the option \"cert-authority\" is not known here",
              "line 6: no key of a known type",
              "line 7: no key of a known type"),
          server.refusedKeys());
      assertThrows(SshException.class, () -> client.login(server, restricted).close());
      client.login(server, plain).close();
    }
  }

  @Test
  void aFileWithoutAUsableKeyIsRefused() throws Exception {
    Path keys = Files.writeString(folder.resolve("keys"), "# none\n");
    assertThrows(FileSystemException.class, () -> SftpServer.of(tree).authorizedKeys(keys).start());
    assertThrows(IllegalStateException.class, () -> SftpServer.of(tree).start());
    assertThrows(
        NotDirectoryException.class,
        () -> SftpServer.of(tree.resolve("file")).password(new char[] {'a'}).start());
    assertThrows(IllegalArgumentException.class, () -> SftpServer.of(tree).password(new char[0]));
  }

  @Test
  void theHostKeyOfAFileIsShownByItsFingerprint() throws Exception {
    KeyPair key = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
    Path file = folder.resolve("host");
    try (OutputStream out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "host", null, out);
    }
    try (SftpServer server =
        SftpServer.of(tree).hostKey(file).password(Client.PASSWORD.toCharArray()).start()) {
      assertEquals(KeyUtils.getFingerPrint(key.getPublic()), server.fingerprint());
      assertTrue(server.fingerprint().startsWith("SHA256:"));
      try (ClientSession session = client.login(server)) {
        assertEquals(key.getPublic(), session.getServerKey());
      }
    }
    Files.writeString(file, "nonsense");
    assertThrows(
        FileSystemException.class,
        () -> SftpServer.of(tree).hostKey(file).password(new char[] {'a'}).start());
  }

  @Test
  void nothingButSftpIsDone() throws Exception {
    try (SftpServer server = served();
        ClientSession session = client.login(server)) {
      CoreModuleProperties.REQUEST_SHELL_REPLY.set(session, true);
      CoreModuleProperties.REQUEST_EXEC_REPLY.set(session, true);
      ChannelShell shell = session.createShellChannel();
      ChannelExec scp = session.createExecChannel("scp -f /file");
      ChannelExec exec = session.createExecChannel("id");
      shell.setAgentForwarding(true);
      for (ClientChannel channel :
          List.of(shell, scp, exec, session.createSubsystemChannel("netconf"))) {
        assertFalse(starts(channel), channel::toString);
      }
      assertThrows(
          Exception.class,
          () ->
              session.startRemotePortForwarding(
                  new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("127.0.0.1", 1)));
      assertThrows(
          Exception.class,
          () ->
              session
                  .createDirectTcpipChannel(
                      new SshdSocketAddress("127.0.0.1", 1),
                      new SshdSocketAddress("127.0.0.1", server.address().getPort()))
                  .open()
                  .verify(20_000));
      assertEquals("content", read(server, session));
    }
  }

  /** Returns whether what was asked for runs, and does not end at once. */
  private static boolean starts(ClientChannel channel) {
    try (channel) {
      channel.open().verify(20_000);
      channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED, ClientChannelEvent.EXIT_STATUS), 2_000);
      return channel.isOpen() && !channel.isClosing();
    } catch (IOException e) {
      return false;
    }
  }
}
