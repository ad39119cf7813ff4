package dev.tcplay.serve.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.serve.http.HttpFileServer;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Random;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS, and who may come in over it. */
@Timeout(60)
class TlsLoginTest {

  private static final char[] KEY = "store".toCharArray();

  private static final String MAKE =
      """
      set -e
      cd "$0"
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem \\
        -out cert.pem -days 2 -subj /CN=files.test -addext subjectAltName=DNS:files.test
      openssl pkcs12 -export -in cert.pem -inkey key.pem -out store.p12 -passout pass:store
      """;

  @TempDir private Path folder;
  private final byte[] contents = new byte[300_000];
  private Path root;
  private SSLContext context;

  @BeforeEach
  void make() throws Exception {
    Judge.run("openssl", "version");
    Judge.Verdict made = Judge.run("bash", "-c", MAKE, folder.toString());
    assertEquals(0, made.status(), made.output());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("store.p12"))) {
      store.load(in, KEY);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, KEY);
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, KEY);
    known.setCertificateEntry("files", store.getCertificate(store.aliases().nextElement()));
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(known);
    context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
    root = Files.createDirectory(folder.resolve("root"));
    new Random(1).nextBytes(contents);
    Files.write(root.resolve("file"), contents);
  }

  @Test
  void theLoginLetsIn() throws IOException {
    char[] password = "pass w\u00f6rd:".toCharArray();
    try (HttpFileServer server =
        HttpFileServer.of(root)
            .listen(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0))
            .tls(context)
            .login("user", password)
            .hostName("files.test")
            .start()) {
      URI address = URI.create(server.addresses().get(0));
      assertEquals("https", address.getScheme());
      assertEquals("/", address.getPath());
      String named = "https://files.test:" + address.getPort() + "/";
      assertTrue(server.addresses().contains(named), named);
      assertArrayEquals(contents, get(server, "/file", "user:pass w\u00f6rd:").body());
      for (String wrong :
          new String[] {
            "",
            "user:",
            "user:pass",
            "user:pass w\u00f6rd",
            "User:pass w\u00f6rd:",
            "pass w\u00f6rd:"
          }) {
        RawHttp.Answer refused = get(server, "/file", wrong);
        assertEquals(401, refused.status());
        assertTrue(refused.field("WWW-Authenticate").orElseThrow().startsWith("Basic realm="));
        assertEquals(0, refused.body().length);
      }
      RawHttp client = new RawHttp(server, context.getSocketFactory());
      for (String field :
          new String[] {
            "X: y", "Authorization: Basic", "Authorization: Basic !", "Authorization: Digest x"
          }) {
        byte[] request =
            ("GET /file HTTP/1.1\r\nHost: files.test\r\n" + field + "\r\n\r\n").getBytes(UTF_8);
        assertEquals(401, client.exchange(request).status(), field);
      }
      byte[] options = "OPTIONS * HTTP/1.1\r\nHost: files.test\r\n\r\n".getBytes(UTF_8);
      assertEquals(200, client.exchange(options).status());
    }
  }

  @Test
  void whoGuessesIsNotHeardForAMinuteButWhoIsInGoesOn() throws IOException {
    try (HttpFileServer server =
        HttpFileServer.of(root)
            .tls(context)
            .login("user", "right".toCharArray())
            .hostName("files.test")
            .start()) {
      RawHttp client = new RawHttp(server, context.getSocketFactory());
      try (Socket inside = client.connect()) {
        assertEquals(200, ask(inside, "user:right").status());
        for (int i = 0; i < 20; i++) {
          assertEquals(401, get(server, "/file", "user:" + i).status());
        }
        RawHttp.Answer refused = get(server, "/file", "user:right");
        assertEquals(429, refused.status());
        assertEquals("60", refused.field("Retry-After").orElseThrow());
        assertEquals(200, ask(inside, "user:right").status());
        assertEquals(401, ask(inside, "user:wrong").status());
        assertEquals(429, ask(inside, "user:right").status());
      }
    }
  }

  private static RawHttp.Answer ask(Socket socket, String login) throws IOException {
    socket.getOutputStream().write(request("/file", login));
    return RawHttp.read(socket.getInputStream(), false);
  }

  @Test
  void aTokenDoesOnLoopback() throws IOException {
    try (HttpFileServer server =
        HttpFileServer.of(root).tls(context).hostName("files.test").start()) {
      RawHttp client = new RawHttp(server, context.getSocketFactory());
      assertArrayEquals(contents, client.ask("GET", "file").body());
      assertEquals(404, get(server, "/file", "").status());
      RawHttp plain = new RawHttp(server);
      byte[] request =
          ("GET " + client.root() + "file HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(UTF_8);
      // Who does not speak TLS gets no file, whatever else.
      try {
        RawHttp.Answer answer = plain.exchange(request);
        assertFalse(answer.status() < 400);
      } catch (IOException e) {
        assertTrue(e.getMessage() != null);
      }
    }
  }

  @Test
  void comparesLogins() {
    Login login = Login.of("user", "password".toCharArray());
    assertTrue(login.matches(("BASIC " + encode("user:password")).getBytes(UTF_8)));
    assertFalse(login.matches(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> Login.of("", "x".toCharArray()));
  }

  private RawHttp.Answer get(HttpFileServer server, String path, String login) throws IOException {
    return new RawHttp(server, context.getSocketFactory()).exchange(request(path, login));
  }

  private static byte[] request(String path, String login) {
    return ("GET "
            + path
            + " HTTP/1.1\r\nHost: FILES.test\r\nAuthorization: Basic "
            + encode(login)
            + "\r\n\r\n")
        .getBytes(UTF_8);
  }

  private static String encode(String login) {
    return Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
  }
}
