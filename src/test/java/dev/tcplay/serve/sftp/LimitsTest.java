package dev.tcplay.serve.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.PlainProvider;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.common.SftpConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients may take of the server, and how it ends. */
@Timeout(120)
class LimitsTest {

  private static Client client;

  @TempDir private Path tree;

  @BeforeAll
  static void start() {
    client = new Client();
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  @BeforeEach
  void makeFile() throws IOException {
    Files.write(tree.resolve("f"), new byte[300_000]);
  }

  private SftpServer.Builder server() {
    return SftpServer.of(tree).password(Client.PASSWORD.toCharArray());
  }

  @Test
  void aClientHasAThousandFilesOpenAndNoMore() throws Exception {
    try (SftpServer server = server().start();
        RawSftp sftp = new RawSftp(client.login(server)).begin()) {
      String last = "";
      for (int i = 0; i < 1000; i++) {
        last = sftp.open("/f", 1).handle();
      }
      assertEquals("4 too many open files", sftp.open("/f", 1).text());
      assertEquals("4 too many open files", sftp.ask(SftpConstants.SSH_FXP_OPENDIR, "/").text());
      assertEquals(0, sftp.ask(SftpConstants.SSH_FXP_CLOSE, last).status());
      assertEquals("5 No such handle", sftp.ask(SftpConstants.SSH_FXP_CLOSE, last).text());
      sftp.open("/f", 1).handle();
    }
  }

  @Test
  void aMessageThatIsTooLongEndsTheTalkAndNoOther() throws Exception {
    try (SftpServer server = server().start();
        ClientSession session = client.login(server);
        RawSftp other = new RawSftp(session).begin()) {
      for (byte[] length : new byte[][] {{0, 4, 0, 1}, {-1, -1, -1, -1}, {0, 0, 0, 4}}) {
        try (RawSftp sftp = new RawSftp(session).begin()) {
          sftp.raw(length);
          assertThrows(EOFException.class, sftp::receive);
        }
      }
      other.open("/f", 1).handle();
    }
  }

  /** Each answer is of 255 KiB: a server that reads on while none is taken needs ever more room. */
  @Test
  void whoTakesNoAnswersIsServedNoFurther() throws Exception {
    try (SftpServer server = server().start();
        ClientSession session = client.login(server);
        RawSftp sftp = new RawSftp(session).begin()) {
      String handle = sftp.open("/f", 1).handle();
      Buffer read = sftp.request(SftpConstants.SSH_FXP_READ);
      read.putString(handle, StandardCharsets.ISO_8859_1);
      read.putLong(0);
      read.putInt(255 * 1024);
      for (int i = 0; i < 60; i++) {
        sftp.send(read.getCompactData());
      }
      Buffer last = sftp.request(SftpConstants.SSH_FXP_MKDIR);
      last.putString("/done");
      last.putInt(0);
      sftp.send(last.getCompactData());
      TimeUnit.MILLISECONDS.sleep(500);
      assertFalse(Files.exists(tree.resolve("done")));
      for (int i = 0; i < 60; i++) {
        assertEquals(SftpConstants.SSH_FXP_DATA, sftp.receive().type());
      }
      assertEquals(0, sftp.receive().status());
      assertTrue(Files.exists(tree.resolve("done")));
    }
  }

  @Test
  void aFileOfAProviderWithoutFileChannelsIsReadAndWritten() throws IOException {
    Path path = new PlainProvider().wrap(tree.resolve("g"));
    try (OpenFile file =
        OpenFile.open(
            path,
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
            false)) {
      byte[] data = new byte[10_000];
      Arrays.fill(data, (byte) 7);
      file.write(ByteBuffer.wrap(data), 5);
      ByteBuffer read = ByteBuffer.allocate(20_000);
      assertEquals(10_005, file.read(read, 0));
      assertEquals(7, read.get(10_004));
      assertEquals(-1, file.read(read, 10_005));
      file.resize(20_000);
      assertEquals(20_000, file.size());
      assertThrows(UnsupportedOperationException.class, file::force);
    }
  }

  @Test
  void connectionsAndStrangersAreCounted() throws Exception {
    try (SftpServer server = server().connectionLimit(2).start();
        ClientSession one = client.login(server);
        ClientSession two = client.login(server)) {
      assertEquals(2, server.clients());
      assertTrue(two.isAuthenticated());
      assertThrows(IOException.class, () -> client.login(server).close());
      one.close(false).await();
      for (int i = 0; server.clients() > 1; i++) {
        assertTrue(i < 3000, "still counted");
        TimeUnit.MILLISECONDS.sleep(20);
      }
      client.login(server).close();
    }
    List<ClientSession> strangers = new ArrayList<>();
    try (SftpServer server = server().start()) {
      for (int i = 0; i < 10; i++) {
        strangers.add(client.connect(server));
      }
      assertThrows(IOException.class, () -> client.login(server).close());
      for (ClientSession stranger : strangers) {
        stranger.close(true);
      }
    }
  }

  @Test
  void whoSaysNothingIsDisconnected() throws Exception {
    try (SftpServer server = server().idleLimit(Duration.ofSeconds(3)).start();
        ClientSession session = client.login(server)) {
      session.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.CLOSED), Duration.ofSeconds(60));
      assertTrue(session.isClosed());
    }
  }

  @Test
  void closingKeepsWhatWasWrittenAndFreesThePort() throws Exception {
    SftpServer server = server().start();
    SftpClient sftp = client.sftp(server);
    SftpClient.CloseableHandle handle = sftp.open("/g", OpenMode.Write, OpenMode.Create);
    sftp.write(handle, 0, "kept".getBytes(StandardCharsets.UTF_8));
    int port = server.address().getPort();
    assertEquals(List.of("sftp://127.0.0.1:" + port + "/"), server.addresses());
    Thread waiting = new Thread(() -> awaitEnd(server));
    waiting.start();
    server.close();
    server.close();
    waiting.join(20_000);
    assertFalse(waiting.isAlive());
    assertEquals("kept", Files.readString(tree.resolve("g")));
    assertThrows(IOException.class, () -> client.login(server).close());
    assertEquals(0, server.clients());
    // A second server takes the same port at once.
    try (SftpServer again = server().listen(server.address()).start()) {
      client.login(again).close();
    }
    sftp.close();
  }

  private static void awaitEnd(SftpServer server) {
    try {
      server.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
