package dev.tcplay.serve.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.serve.web.RawHttp;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server of files for browsers lets whom see. */
@Timeout(60)
class HttpFileServerTest {

  private static final int SIZE = 200_000;

  private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
  private final Path outer = memory.getPath("/outer");
  private final Path root = outer.resolve("root");
  private final byte[] contents = new byte[SIZE];
  private HttpFileServer server;
  private RawHttp client;

  @BeforeEach
  void serve() throws IOException {
    new Random(1).nextBytes(contents);
    Files.createDirectories(root.resolve("a folder"));
    Files.write(root.resolve("film.mp4"), contents);
    Files.writeString(root.resolve("a folder/<page> & \"more\".html"), "<script>alert(1)</script>");
    Files.writeString(root.resolve("empty.txt"), "");
    Files.writeString(outer.resolve("secret.txt"), "secret");
    Files.setLastModifiedTime(
        root.resolve("film.mp4"), FileTime.from(Instant.parse("2024-02-29T12:34:56.789Z")));
    server = HttpFileServer.of(root).start();
    client = new RawHttp(server);
  }

  @AfterEach
  void end() throws IOException {
    server.close();
    memory.close();
  }

  @Test
  void listsDirectoriesAsPages() throws IOException {
    RawHttp.Answer answer = client.ask("GET", "");
    assertEquals(200, answer.status());
    assertEquals("text/html; charset=utf-8", answer.field("Content-Type").orElseThrow());
    assertTrue(
        answer
            .text()
            .contains(
                """
                <ul>
                <li><a href="./a%20folder/">a folder/</a></li>
                <li><a href="./empty.txt">empty.txt</a></li>
                <li><a href="./film.mp4">film.mp4</a></li>
                </ul>
                """),
        answer.text());
    String inner = client.ask("GET", "a%20folder/").text();
    assertTrue(inner.contains("<li><a href=\"../\">../</a></li>"), inner);
    assertTrue(
        inner.contains(
            "<a href=\"./%3Cpage%3E%20%26%20%22more%22.html\">"
                + "&lt;page&gt; &amp; &quot;more&quot;.html</a>"),
        inner);
  }

  @Test
  void addsTheSlashOfADirectory() throws IOException {
    RawHttp.Answer answer = client.ask("GET", "a%20folder");
    assertEquals(302, answer.status());
    assertEquals(client.root() + "a%20folder/", answer.field("Location").orElseThrow());
    assertEquals(404, client.ask("GET", "film.mp4/").status());
    String token = client.root().substring(0, client.root().length() - 1);
    RawHttp.Answer bare = plain("GET " + token, "Host: " + client.host());
    assertEquals(client.root(), bare.field("Location").orElseThrow());
  }

  @Test
  void sendsFilesWithTypeTimeAndTag() throws IOException {
    RawHttp.Answer answer = client.ask("GET", "film.mp4");
    assertEquals(200, answer.status());
    assertArrayEquals(contents, answer.body());
    assertEquals("video/mp4", answer.field("Content-Type").orElseThrow());
    assertEquals("Thu, 29 Feb 2024 12:34:56 GMT", answer.field("Last-Modified").orElseThrow());
    RawHttp.Answer head = client.ask("HEAD", "film.mp4");
    assertEquals(200, head.status());
    assertEquals(String.valueOf(SIZE), head.field("Content-Length").orElseThrow());
    assertEquals(answer.field("ETag"), head.field("ETag"));
    assertEquals(0, client.ask("GET", "empty.txt").body().length);
    assertEquals(404, client.ask("GET", "none").status());
  }

  @Test
  void sendsRanges() throws IOException {
    RawHttp.Answer middle = client.ask("GET", "film.mp4", "Range: bytes=70000-170000");
    assertEquals(206, middle.status());
    assertEquals("bytes 70000-170000/200000", middle.field("Content-Range").orElseThrow());
    assertArrayEquals(Arrays.copyOfRange(contents, 70_000, 170_001), middle.body());
    RawHttp.Answer end = client.ask("GET", "film.mp4", "Range: bytes=-3");
    assertArrayEquals(Arrays.copyOfRange(contents, SIZE - 3, SIZE), end.body());
    RawHttp.Answer none = client.ask("GET", "film.mp4", "Range: bytes=200000-");
    assertEquals(416, none.status());
    assertEquals("bytes */200000", none.field("Content-Range").orElseThrow());
    String tag = middle.field("ETag").orElseThrow();
    assertEquals(206, range("If-Range: " + tag));
    assertEquals(200, range("If-Range: \"other\""));
    assertEquals(200, range("If-Range: Thu, 29 Feb 2024 12:34:56 GMT"));
  }

  @Test
  void sendsSeveralRangesInParts() throws IOException {
    RawHttp.Answer answer = client.ask("GET", "film.mp4", "Range: bytes=1-3,100-101,-1");
    assertEquals(206, answer.status());
    String type = answer.field("Content-Type").orElseThrow();
    String boundary = type.substring(type.indexOf("boundary=") + 9);
    String[] parts = new String(answer.body(), ISO_8859_1).split("\r\n--" + boundary, -1);
    assertEquals(5, parts.length);
    assertEquals("--\r\n", parts[4]);
    String[][] expected = {
      {"1-3", slice(1, 4)}, {"100-101", slice(100, 102)}, {"199999-199999", slice(SIZE - 1, SIZE)}
    };
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          "\r\nContent-Type: video/mp4\r\nContent-Range: bytes "
              + expected[i][0]
              + "/200000\r\n\r\n"
              + expected[i][1],
          parts[i + 1]);
    }
  }

  @Test
  void keepsToConditions() throws IOException {
    String tag = client.ask("HEAD", "film.mp4").field("ETag").orElseThrow();
    assertEquals(304, condition("If-None-Match: " + tag));
    assertEquals(304, condition("If-None-Match: \"x\", W/" + tag));
    assertEquals(304, condition("If-None-Match: *"));
    assertEquals(200, condition("If-None-Match: \"x\""));
    assertEquals(200, condition("If-Match: \"x\", " + tag));
    assertEquals(412, condition("If-Match: W/" + tag));
    assertEquals(412, condition("If-Match: \"x\""));
    assertEquals(304, condition("If-Modified-Since: Thu, 29 Feb 2024 12:34:56 GMT"));
    assertEquals(200, condition("If-Modified-Since: Thu, 29 Feb 2024 12:34:55 GMT"));
    assertEquals(200, condition("If-Modified-Since: no date"));
    assertEquals(200, condition("If-Unmodified-Since: Thu, 29 Feb 2024 12:34:56 GMT"));
    assertEquals(412, condition("If-Unmodified-Since: Thu, 29 Feb 2024 12:34:55 GMT"));
  }

  @Test
  void keepsPagesFromRunningAndFromCaches() throws IOException {
    for (String path : List.of("", "film.mp4", "a%20folder/", "none")) {
      RawHttp.Answer answer = client.ask("GET", path);
      String policy = answer.field("Content-Security-Policy").orElseThrow();
      assertTrue(policy.startsWith("default-src 'none';") && !policy.contains("script"), policy);
      assertEquals("nosniff", answer.field("X-Content-Type-Options").orElseThrow());
      assertEquals("no-referrer", answer.field("Referrer-Policy").orElseThrow());
      assertEquals("no-store", answer.field("Cache-Control").orElseThrow());
      for (String field : answer.fields()) {
        String name = field.toLowerCase(Locale.ROOT);
        assertFalse(
            name.startsWith("server")
                || name.startsWith("x-powered")
                || name.startsWith("access-control"),
            field);
      }
    }
  }

  @Test
  void onlyTheTokenLetsIn() throws IOException {
    String token = URI.create(server.addresses().get(0)).getPath();
    assertTrue(token.matches("/[0-9a-f]{32}/"), token);
    String wrong = "/" + "0".repeat(32) + "/";
    for (String path :
        List.of(
            "/",
            "/x",
            wrong,
            token.substring(0, 32) + "/",
            token.toUpperCase(Locale.ROOT),
            token.replace("/", "") + "/",
            "//" + token,
            "/%2e" + token,
            wrong + ".." + token)) {
      RawHttp.Answer answer = plain("GET " + path, "Host: " + client.host());
      // One that begins with no slash is not even a path.
      assertTrue(answer.status() == 404 || answer.status() == 400, path);
      assertEquals(0, answer.body().length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: example.com", "Host: example.com:80", "Host: 127.0.0.2", "Host: 10.0.0.1",
        "Host: localhost.example.com", "Host: 127.0.0.1.example.com", "Host: [::2]", "Host: ",
        "X: y", "Host: 2130706433", "Host: 0x7f000001", "Host: 127.1"
      })
  void namesOfOthersAreRefused(String host) throws IOException {
    int status = plain("GET " + client.root(), host).status();
    assertTrue(status == 421 || status == 400, host + ": " + status);
  }

  @Test
  void loopbackHasItsNames() throws IOException {
    int port = URI.create(server.addresses().get(0)).getPort();
    for (String host :
        List.of("127.0.0.1:" + port, "localhost:" + port, "LOCALHOST:1", "127.0.0.1")) {
      assertEquals(200, plain("GET " + client.root(), "Host: " + host).status(), host);
    }
    assertEquals(421, plain("GET " + client.root(), "Host: files.test").status());
    try (HttpFileServer named = HttpFileServer.of(root).hostName("files.test").start()) {
      RawHttp other = new RawHttp(named);
      byte[] request =
          ("GET " + other.root() + " HTTP/1.1\r\nHost: FILES.test\r\n\r\n").getBytes(UTF_8);
      assertEquals(200, other.exchange(request).status());
    }
  }

  @Test
  void loopbackIsServedByVersion6Too() throws IOException {
    byte[] one = new byte[16];
    one[15] = 1;
    InetSocketAddress six = new InetSocketAddress(InetAddress.getByAddress(one), 0);
    HttpFileServer.Builder builder = HttpFileServer.of(root).listen(six);
    try (HttpFileServer other = builder.start()) {
      RawHttp there = new RawHttp(other);
      assertArrayEquals(contents, there.ask("GET", "film.mp4").body());
      String start = "GET " + there.root() + " HTTP/1.1\r\nHost: ";
      assertEquals(200, there.exchange((start + "[::1]\r\n\r\n").getBytes(UTF_8)).status());
      assertEquals(200, there.exchange((start + "localhost\r\n\r\n").getBytes(UTF_8)).status());
      assertEquals(421, there.exchange((start + "127.0.0.1\r\n\r\n").getBytes(UTF_8)).status());
    } catch (BindException e) {
      assumeTrue(false, "no IP version 6 here");
    }
  }

  @Test
  void pagesOfOtherSitesGetNothing() throws IOException {
    assertEquals(403, condition("Origin: http://example.com"));
    assertEquals(403, condition("Origin: null"));
    assertEquals(403, condition("Sec-Fetch-Site: cross-site"));
    assertEquals(403, condition("Sec-Fetch-Site: same-site"));
    assertEquals(200, condition("Sec-Fetch-Site: none"));
    assertEquals(200, condition("Sec-Fetch-Site: same-origin"));
    assertEquals(200, condition("Origin: http://" + client.host()));
    assertEquals(403, client.ask("OPTIONS", "", "Origin: http://" + client.host()).status());
    assertEquals(200, client.ask("OPTIONS", "").status());
    assertEquals(403, plain("OPTIONS *", "Host: " + client.host() + "\r\nOrigin: null").status());
    assertEquals(200, plain("OPTIONS *", "Host: " + client.host()).status());
  }

  @Test
  void linksLeadNotOut() throws IOException {
    Files.createSymbolicLink(root.resolve("out"), outer.resolve("secret.txt"));
    Files.createSymbolicLink(root.resolve("up"), memory.getPath("../"));
    Files.createSymbolicLink(root.resolve("loop"), memory.getPath("loop"));
    Files.createSymbolicLink(root.resolve("in"), memory.getPath("film.mp4"));
    assertEquals(404, client.ask("GET", "out").status());
    assertEquals(404, client.ask("GET", "up/").status());
    assertEquals(404, client.ask("GET", "up/secret.txt").status());
    assertEquals(404, client.ask("GET", "loop").status());
    assertArrayEquals(contents, client.ask("GET", "in").body());
    String page = client.ask("GET", "").text();
    assertTrue(page.contains("./in\"") && !page.contains("./out") && !page.contains("./up"), page);
  }

  @Test
  void writesNothing() throws IOException {
    for (String method :
        List.of(
            "PUT", "POST", "DELETE", "MKCOL", "COPY", "MOVE", "PROPFIND", "LOCK", "TRACE", "X")) {
      RawHttp.Answer answer = client.ask(method, "film.mp4", "Destination: " + client.root() + "b");
      assertEquals(405, answer.status(), method);
      assertEquals("GET, HEAD, OPTIONS", answer.field("Allow").orElseThrow());
    }
    assertArrayEquals(contents, Files.readAllBytes(root.resolve("film.mp4")));
  }

  @Test
  void tellsNothingOfFailures() throws IOException {
    memory.close();
    RawHttp.Answer answer = client.ask("GET", "film.mp4");
    assertEquals(500, answer.status());
    assertEquals(0, answer.body().length);
  }

  @Test
  void oneConnectionCarriesManyRequests() throws IOException {
    byte[] request =
        ("GET " + client.root() + "empty.txt HTTP/1.1\r\nHost: " + client.host() + "\r\n\r\n")
            .getBytes(UTF_8);
    try (Socket socket = client.connect()) {
      for (int i = 0; i < 20; i++) {
        socket.getOutputStream().write(request);
        assertEquals(200, RawHttp.read(socket.getInputStream(), false).status());
      }
      assertEquals(1, server.clients());
    }
  }

  @Test
  void endsAtOnce() throws Exception {
    try (Socket idle = client.connect();
        Socket half = client.connect()) {
      half.getOutputStream().write("GET / HTT".getBytes(UTF_8));
      Thread waiting =
          new Thread(
              () -> {
                try {
                  server.awaitEnd();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      waiting.start();
      assertTrue(idle.isConnected());
      server.close();
      waiting.join(10_000);
      assertFalse(waiting.isAlive());
      server.close();
      URI address = URI.create(server.addresses().get(0));
      assertThrows(
          ConnectException.class, () -> new Socket(address.getHost(), address.getPort()).close());
    }
  }

  @Test
  void refusesWhatWouldLetOthersIn() throws IOException {
    HttpFileServer.Builder open = HttpFileServer.of(root);
    open.listen(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0));
    assertThrows(IllegalArgumentException.class, open::start);
    HttpFileServer.Builder plain = HttpFileServer.of(root).login("user", "secret".toCharArray());
    assertThrows(IllegalArgumentException.class, plain::start);
    assertThrows(
        IllegalArgumentException.class, () -> HttpFileServer.of(root).login("a:b", new char[1]));
    assertThrows(
        IllegalArgumentException.class, () -> HttpFileServer.of(root).login("a", new char[0]));
    HttpFileServer.Builder file = HttpFileServer.of(root.resolve("film.mp4"));
    assertThrows(NotDirectoryException.class, file::start);
    int port = URI.create(server.addresses().get(0)).getPort();
    HttpFileServer.Builder taken =
        HttpFileServer.of(root)
            .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    assertThrows(BindException.class, taken::start);
  }

  private String slice(int from, int to) {
    return new String(contents, from, to - from, ISO_8859_1);
  }

  private int range(String condition) throws IOException {
    return client.ask("GET", "film.mp4", "Range: bytes=0-9", condition).status();
  }

  private int condition(String field) throws IOException {
    return client.ask("GET", "film.mp4", field).status();
  }

  private RawHttp.Answer plain(String start, String fields) throws IOException {
    return client.exchange((start + " HTTP/1.1\r\n" + fields + "\r\n\r\n").getBytes(ISO_8859_1));
  }
}
