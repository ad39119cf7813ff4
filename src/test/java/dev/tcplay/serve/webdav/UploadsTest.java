package dev.tcplay.serve.webdav;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.serve.web.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What PUT and MKCOL make, and what they leave. */
@Timeout(60)
class UploadsTest extends ServedVolume {

  @Test
  void anUploadIsTheFileOnlyWhenItIsComplete() throws Exception {
    assertEquals(201, put("a.txt", "old").status());
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(head("PUT", "a.txt", "Content-Length: 100000"));
      socket.getOutputStream().write(new byte[70_000]);
      socket.getOutputStream().flush();
      assertEquals("old", Files.readString(root.resolve("a.txt")));
      assertEquals(List.of("a.txt"), listed());
    }
    for (int i = 0; i < 6000 && names().size() > 1; i++) {
      Thread.sleep(10);
    }
    assertEquals(List.of("a.txt"), names());
    assertEquals("old", Files.readString(root.resolve("a.txt")));
    assertEquals(204, put("a.txt", "new").status());
    assertEquals("new", Files.readString(root.resolve("a.txt")));
  }

  @Test
  void anUploadLeavesNothingInADirectoryThatIsMovedMeanwhile() throws Exception {
    client.ask("MKCOL", "dir");
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(head("PUT", "dir/a.txt", "Content-Length: 100000"));
      socket.getOutputStream().write(new byte[70_000]);
      for (int i = 0; i < 6000 && count("dir") == 0; i++) {
        Thread.sleep(10);
      }
      assertEquals(201, client.ask("MOVE", "dir", to("other")).status());
      assertEquals(1, count("other"));
      String listing = client.ask("GET", "other/").text();
      assertFalse(listing.contains(".tmp"), listing);
      socket.getOutputStream().write(new byte[30_000]);
      assertEquals(409, RawHttp.read(socket.getInputStream(), false).status());
    }
    assertEquals(0, count("other"));
  }

  private long count(String directory) throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve(directory))) {
      return entries.count();
    }
  }

  @Test
  void aFileThatIsReadOnlyStaysAndNothingIsLeftBesideIt() throws IOException {
    put("a.txt", "old");
    put("b.txt", "b");
    Files.setAttribute(root.resolve("a.txt"), "dos:readonly", true);
    assertEquals(403, put("a.txt", "new").status());
    assertEquals(403, client.ask("COPY", "b.txt", to("a.txt")).status());
    assertEquals(201, client.ask("COPY", "a.txt", to("c.txt")).status());
    assertEquals(403, client.ask("COPY", "a.txt", to("c.txt")).status());
    assertEquals("old", Files.readString(root.resolve("a.txt")));
    assertEquals(List.of("a.txt", "b.txt", "c.txt"), names());
  }

  @Test
  void aPartOfAFileCannotBePut() throws IOException {
    assertEquals(400, put("a.txt", "x", "Content-Range: bytes 0-0/5").status());
    assertEquals(List.of(), names());
  }

  @Test
  void whatDoesNotFitLeavesTheOldFile() throws IOException {
    put("a.txt", "old");
    byte[] big = new byte[(int) SIZE];
    RawHttp.Answer known =
        client.exchange(
            head("PUT", "a.txt", "Content-Length: " + big.length, "Expect: 100-continue"));
    assertEquals(507, known.status());
    StringBuilder chunked = new StringBuilder();
    chunked.append(Integer.toHexString(big.length)).append("\r\n");
    byte[] start = head("PUT", "a.txt", "Transfer-Encoding: chunked");
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(start);
      socket.getOutputStream().write(chunked.toString().getBytes(ISO_8859_1));
      socket.getOutputStream().write(big, 0, big.length - 1);
      socket.getOutputStream().write(new byte[1]);
      socket.getOutputStream().write("\r\n0\r\n\r\n".getBytes(ISO_8859_1));
      assertEquals(507, RawHttp.read(socket.getInputStream(), false).status());
    }
    assertEquals("old", Files.readString(root.resolve("a.txt")));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aTagChangesWithEveryChange() throws IOException {
    String last = "";
    for (int i = 0; i < 5; i++) {
      put("a.txt", "same size " + i);
      String tag = client.ask("HEAD", "a.txt").field("ETag").orElseThrow();
      assertNotEquals(last, tag);
      assertTrue(tag.matches("\"[0-9a-f-]+\""), tag);
      assertEquals(412, put("a.txt", "lost", "If-Match: " + last).status());
      assertEquals(412, put("a.txt", "lost", "If-None-Match: *").status());
      last = put("a.txt", "other one " + i, "If-Match: " + tag).field("ETag").orElseThrow();
      assertNotEquals(tag, last);
      assertEquals(last, client.ask("HEAD", "a.txt").field("ETag").orElseThrow());
    }
  }

  @Test
  void directoriesAreMadeByTheirRules() throws IOException {
    put("file", "x");
    assertEquals(201, client.ask("MKCOL", "dir/").status());
    assertEquals(405, client.ask("MKCOL", "dir").status());
    assertEquals(405, client.ask("MKCOL", "DIR").status());
    assertEquals(405, client.ask("MKCOL", "file").status());
    assertEquals(409, client.ask("MKCOL", "none/dir").status());
    assertEquals(409, client.ask("MKCOL", "file/dir").status());
    assertEquals(415, client.send("MKCOL", "other", "<x/>".getBytes(UTF_8)).status());
    assertEquals(409, put("none/file", "x").status());
    assertEquals(405, put("dir", "x").status());
    assertEquals(405, put("dir/", "x").status());
    assertEquals(List.of("dir", "file"), names());
  }

  @Test
  void namesThatTheVolumeHasNotAreRefused() throws IOException {
    for (String name :
        List.of(
            "a%3Ab",
            "a%3Fb", "a%2Ab", "a%22b", "a%7Cb", "a%3Cb", "%2e", "a%00b", "x".repeat(300))) {
      int status = put(name, "x").status();
      assertTrue(status >= 400 && status < 500, name + ": " + status);
      status = client.ask("MKCOL", name).status();
      assertTrue(status >= 400 && status < 500, name + ": " + status);
    }
    assertEquals(List.of(), names());
    RawHttp.Answer early =
        client.exchange(head("PUT", "a%3Ab", "Content-Length: 100000", "Expect: 100-continue"));
    assertEquals(400, early.status(), "before the body is sent");
    put("from", "x");
    assertEquals(400, client.ask("COPY", "from", to("a%3Ab")).status());
    assertEquals(List.of("from"), names());
    Files.delete(root.resolve("from"));
    for (String name : List.of("._a", ".DS_Store", "desktop.ini", "%C3%A4 %E2%82%AC")) {
      assertEquals(201, put(name.replace(" ", "%20"), "x").status(), name);
    }
  }

  @Test
  void anUploadUnderWayEndsWithTheServer() throws Exception {
    put("a", "old");
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(head("PUT", "a", "Content-Length: 100000"));
      socket.getOutputStream().write(new byte[1_000]);
      socket.getOutputStream().flush();
      for (int i = 0; i < 500 && names().size() < 2; i++) {
        Thread.sleep(10);
      }
      server.close();
    }
    assertEquals(List.of("a"), names());
    assertArrayEquals("old".getBytes(UTF_8), Files.readAllBytes(root.resolve("a")));
  }

  @Test
  void aVolumeThatCannotBeWrittenOffersToReadAlone() throws IOException {
    String all = client.ask("OPTIONS", "").field("Allow").orElseThrow();
    assertTrue(all.contains("PUT") && all.contains("LOCK"), all);
    try (FileSystem demo =
            Tcplay.open(Path.of("samples", "demo.hc"))
                .password("an open secret")
                .pim(1)
                .readOnly(true)
                .mount();
        WebdavServer other = WebdavServer.of(demo.getPath("/")).start()) {
      client = new RawHttp(other);
      RawHttp.Answer options = client.ask("OPTIONS", "");
      assertEquals("OPTIONS, GET, HEAD, PROPFIND", options.field("Allow").orElseThrow());
      assertEquals("1", options.field("DAV").orElseThrow());
      assertEquals(403, put("new", "x").status());
      String locks = find("", "0", "<D:prop><D:supportedlock/></D:prop>").text();
      assertTrue(locks.contains("<D:supportedlock/>"), locks);
    }
  }
}
