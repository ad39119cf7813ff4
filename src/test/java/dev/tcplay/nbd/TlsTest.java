package dev.tcplay.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.cli.tls.Certificates;
import dev.tcplay.cli.tls.TlsCertificates;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come by TLS, and who may not; clients are libnbd's, qemu's and one that is wrong. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class TlsTest {

  private static final int SIZE = 4 << 20;
  private static final int TLS_REQUIRED = 0x8000_0005;

  @TempDir private Path folder;
  private final MemoryDevice memory = new MemoryDevice(SIZE);
  private final NbdServer server = server(Duration.ofSeconds(60));
  private InetSocketAddress address = new InetSocketAddress(0);

  private NbdServer server(Duration greeting) {
    return new NbdServer(new NbdExport("vol", "a test", memory, false), failure -> {}, greeting);
  }

  private Certificates serve(String key) throws Exception {
    Certificates certificates = new Certificates(folder, key);
    serve(server, certificates);
    return certificates;
  }

  private void serve(NbdServer by, Certificates certificates) throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    address = (InetSocketAddress) socket.getLocalAddress();
    by.listen(
        socket, new Tls(TlsCertificates.mutual(certificates.of("server")).getSocketFactory()));
  }

  @AfterEach
  void nobodyIsLeft() throws Exception {
    server.close();
    assertEquals(0, server.connections());
  }

  private String uri(Path certificates) {
    return "nbds://127.0.0.1:" + address.getPort() + "/vol?tls-certificates=" + certificates;
  }

  /** What the server has not read makes the end a reset. */
  private static void awaitEnd(RawClient client) {
    try {
      client.in.readAllBytes();
    } catch (IOException e) {
      // That is an end, too.
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Certificates.PKCS8_EC,
        Certificates.SEC1_EC,
        Certificates.PKCS1_RSA,
        Certificates.PKCS8_RSA,
        Certificates.PKCS8_ED25519
      })
  void libnbdCopiesThereAndBackWithAnyKindOfKey(String key) throws Exception {
    Certificates certificates = serve(key);
    byte[] bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
    Path image = Files.write(folder.resolve("image"), bytes);
    Path back = folder.resolve("back");
    String uri = uri(certificates.of("client"));
    Judge.Verdict facts = Judge.run("nbdinfo", uri);
    assertTrue(facts.output().contains("with TLS, using structured packets"), facts.output());
    Judge.Verdict there = Judge.run("nbdcopy", "--flush", image.toString(), uri);
    assertEquals(0, there.status(), there.output());
    Judge.Verdict again = Judge.run("nbdcopy", uri, back.toString());
    assertEquals(0, again.status(), again.output());
    assertEquals(-1, Files.mismatch(image, back));
  }

  @Test
  void qemuReadsTheVolume() throws Exception {
    Certificates certificates = serve(Certificates.PKCS8_EC);
    memory.write(1000, new byte[] {1, 2, 3}, 0, 3);
    Path back = folder.resolve("back");
    String image =
        "driver=nbd,host=127.0.0.1,port=%d,export=vol,tls-creds=t".formatted(address.getPort());
    String credentials =
        "tls-creds-x509,id=t,endpoint=client,dir=" + certificates.of("client").toRealPath();
    Judge.Verdict copied =
        Judge.run(
            "qemu-img",
            "convert",
            "--object",
            credentials,
            "--image-opts",
            "-O",
            "raw",
            image,
            back.toString());
    assertEquals(0, copied.status(), copied.output());
    byte[] all = new byte[SIZE];
    memory.read(0, all, 0, SIZE);
    assertArrayEquals(all, Files.readAllBytes(back));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stranger", "authority"})
  void aClientWithoutACertificateOfOursIsTurnedAway(String who) throws Exception {
    Certificates certificates = serve(Certificates.PKCS8_EC);
    Judge.Verdict verdict = Judge.run("nbdinfo", uri(certificates.of(who)));
    assertNotEquals(0, verdict.status(), verdict.output());
    assertEquals(0, Judge.run("nbdinfo", uri(certificates.of("client"))).status());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRevokedCertificateNoLongerCounts(boolean revoked) throws Exception {
    Certificates certificates = new Certificates(folder);
    certificates.revoke(revoked);
    serve(server, certificates);
    Judge.Verdict verdict = Judge.run("nbdinfo", uri(certificates.of("client")));
    assertEquals(!revoked, verdict.status() == 0, verdict.output());
  }

  @Test
  void aClientThatDoesNotEncryptLearnsNothing() throws Exception {
    serve(Certificates.PKCS8_EC);
    try (RawClient client = new RawClient(address).greet()) {
      for (int option : new int[] {3, 6, 7, 8, 99}) {
        client.option(option, new byte[6]);
        assertEquals(TLS_REQUIRED, client.optionReply(option).type());
      }
      client.option(5, new byte[1]);
      assertEquals(0x80000003, client.optionReply(5).type());
      client.option(2, new byte[0]);
      assertEquals(1, client.optionReply(2).type());
      assertEquals(-1, client.in.read());
    }
    try (RawClient client = new RawClient(address).greet()) {
      assertThrows(IOException.class, () -> client.begin(false));
    }
    Judge.Verdict plain = Judge.run("nbdinfo", "nbd://127.0.0.1:" + address.getPort() + "/vol");
    assertNotEquals(0, plain.status(), plain.output());
  }

  @Test
  void whatWasAgreedOnBeforeTlsIsForgottenAndTlsBeginsOnce() throws Exception {
    Certificates certificates = serve(Certificates.PKCS8_EC);
    try (RawClient client =
        new RawClient(address).greet().encrypt(new Tls(certificates.client().getSocketFactory()))) {
      client.option(5, new byte[0]);
      assertEquals(0x80000003, client.optionReply(5).type());
      assertEquals(SIZE, client.begin(true));
      assertEquals(0, client.error(1, 1, 5, 3, (byte) 7, (byte) 8, (byte) 9));
      client.request(0, 0, 1, 5, 3);
      assertArrayEquals(new byte[] {0, 0, 0, 0, 0, 0, 0, 5, 7, 8, 9}, client.reply(0).payload());
      // The server ends while this client is there: it is told so, and not cut off.
      server.close();
      assertEquals(-1, client.in.read());
    }
  }

  @Test
  void noiseInPlaceOfAHandshakeEndsTheClient() throws Exception {
    serve(Certificates.PKCS8_EC);
    try (RawClient client = new RawClient(address).greet()) {
      client.option(5, new byte[0]);
      assertEquals(1, client.optionReply(5).type());
      // An attacker's option behind that one is no TLS.
      try {
        client.option(7, new byte[6]);
      } catch (IOException e) {
        // Its first bytes were enough for the server, so that the last ones met a closed socket.
      }
      awaitEnd(client);
    }
  }

  @Test
  void aHandshakeThatStopsHalfwayEndsAfterAWhile() throws Exception {
    Certificates certificates = new Certificates(folder);
    NbdServer hasty = server(Duration.ofSeconds(3));
    serve(hasty, certificates);
    try (hasty;
        RawClient client = new RawClient(address).greet()) {
      client.option(5, new byte[0]);
      assertEquals(1, client.optionReply(5).type());
      client.out.write(new byte[] {22, 3, 1, 1, 0, 1});
      awaitEnd(client);
    }
    assertEquals(0, hasty.connections());
  }

  @Test
  void closingWaitsForNoHandshake() throws Exception {
    serve(Certificates.PKCS8_EC);
    try (RawClient client = new RawClient(address).greet()) {
      client.option(5, new byte[0]);
      assertEquals(1, client.optionReply(5).type());
      client.out.write(new byte[] {22, 3, 1, 1, 0, 1});
      server.close();
      assertEquals(0, server.connections());
      awaitEnd(client);
    }
  }
}
