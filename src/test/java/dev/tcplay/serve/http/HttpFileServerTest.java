package dev.tcplay.serve.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.serve.web.RawHttp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server of files for browsers sends. */
@Timeout(60)
class HttpFileServerTest extends ServedFiles {

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
    for (String missing : List.of("none", "empty.txt/x", "empty.txt/x/y")) {
      assertEquals(404, client.ask("GET", missing).status(), missing);
    }
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
      awaitRefusal(address);
    }
  }

  /**
   * The kernel listens until the thread that accepted has left it, and as long as a process that
   * somebody starts in this moment has the socket, too.
   */
  private static void awaitRefusal(URI address) throws IOException {
    boolean isRefused = false;
    while (!isRefused) {
      try (Socket late = new Socket(address.getHost(), address.getPort())) {
        late.setSoTimeout(10_000);
        assertEquals(-1, late.getInputStream().read());
      } catch (ConnectException e) {
        isRefused = true;
      } catch (SocketException e) {
        // Reset, as the end of the socket came meanwhile.
      }
    }
  }
}
