package dev.tcplay.serve.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.serve.web.RawHttp;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the server of files lets in, and what it keeps from others. */
@Timeout(60)
class AdmissionTest extends ServedFiles {

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

  @ParameterizedTest
  @ValueSource(strings = {"POST /x", "OPTIONS /", "OPTIONS *"})
  void nobodyWaitsForWhatAStrangerSends(String start) throws IOException {
    try (Socket socket = client.connect()) {
      String fields = " HTTP/1.1\r\nHost: " + client.host() + "\r\nContent-Length: 1000000\r\n\r\n";
      socket.getOutputStream().write((start + fields).getBytes(UTF_8));
      RawHttp.Answer answer = RawHttp.read(socket.getInputStream(), false);
      assertEquals(start.startsWith("POST") ? 404 : 200, answer.status());
      assertEquals("close", answer.field("Connection").orElse("none"));
      socket.setSoTimeout(60_000);
      assertEquals(-1, socket.getInputStream().read());
    }
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
}
