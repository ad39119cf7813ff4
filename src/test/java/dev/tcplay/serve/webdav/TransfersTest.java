package dev.tcplay.serve.webdav;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.serve.web.RawHttp;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** COPY, MOVE and DELETE. */
@Timeout(60)
class TransfersTest extends ServedVolume {

  @Test
  void copyingMoreThanFitsTellsWhatFailed() throws IOException {
    Files.createDirectory(root.resolve("from"));
    Files.write(root.resolve("from/1"), new byte[3 << 20]);
    Files.write(root.resolve("from/2"), new byte[3 << 20]);
    RawHttp.Answer answer = client.ask("COPY", "from", to("to"));
    assertEquals(207, answer.status());
    assertTrue(answer.text().contains("HTTP/1.1 507"), answer.text());
    assertEquals(6 << 20, size("from/1") + size("from/2"));
    Files.write(root.resolve("one"), new byte[10]);
    assertEquals(207, patch("one", "<x xmlns='urn:x'>kept</x>").status());
    assertEquals(507, client.ask("COPY", "from/1", to("one")).status());
    assertEquals(10, size("one"));
    assertTrue(find("one", "0", "<D:allprop/>").text().contains(">kept<"));
  }

  @Test
  void whatCannotBeReplacedByAWholeCopyStays() throws IOException {
    Files.createDirectories(root.resolve("from"));
    Files.write(root.resolve("from/1"), new byte[3 << 20]);
    Files.setAttribute(root.resolve("from/1"), "dos:readonly", true);
    Files.write(root.resolve("from/2"), new byte[3 << 20]);
    client.ask("MKCOL", "old");
    put("old/a", "kept");
    put("file", "kept");
    String locked = lock("old/a", "0", "exclusive");
    String field = "If: <" + client.root() + "old/a> (<" + locked + ">)";
    for (String old : List.of("old", "file")) {
      RawHttp.Answer answer = client.ask("COPY", "from", to(old), field);
      assertEquals(207, answer.status(), answer.text());
      assertTrue(answer.text().contains(client.root() + old + "/"), answer.text());
      assertTrue(answer.text().contains("HTTP/1.1 507"), answer.text());
    }
    Files.write(root.resolve("more"), new byte[1 << 20]);
    assertEquals(507, client.ask("COPY", "from/2", to("old"), field).status());
    assertEquals(423, put("old/a", "other").status());
    assertEquals("kept", Files.readString(root.resolve("old/a")));
    assertEquals("kept", Files.readString(root.resolve("file")));
    assertEquals(List.of("file", "from", "more", "old"), names());
  }

  @Test
  void tagsTellCopiesApartThatLookAlike() throws IOException {
    for (String from : List.of("a", "b")) {
      client.ask("MKCOL", from);
      put(from + "/x", from);
      Files.setLastModifiedTime(
          root.resolve(from + "/x"), FileTime.from(Instant.EPOCH.plus(Duration.ofDays(10_000))));
    }
    Set<String> tags = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      int status = client.ask("COPY", i % 2 == 0 ? "a" : "b", to("to")).status();
      assertEquals(i == 0 ? 201 : 204, status);
      tags.add(client.ask("HEAD", "to/x").field("ETag").orElseThrow());
    }
    assertEquals(6, tags.size(), tags::toString);
  }

  @Test
  void copiesAndMovesKeepToTheirFields() throws IOException {
    Files.createDirectories(root.resolve("dir/inner"));
    put("dir/inner/a", "a");
    put("b", "b");
    assertEquals(201, client.ask("COPY", "dir", to("copy"), "Depth: 0").status());
    assertEquals(404, client.ask("GET", "copy/inner/a").status());
    assertEquals(412, client.ask("COPY", "dir", to("copy"), "Overwrite: F").status());
    assertEquals(204, client.ask("COPY", "dir", to("copy")).status());
    assertEquals("a", Files.readString(root.resolve("copy/inner/a")));
    assertEquals(204, client.ask("MOVE", "copy", to("b")).status());
    assertEquals("a", Files.readString(root.resolve("b/inner/a")));
    assertEquals(403, client.ask("COPY", "dir", to("dir/inner/x")).status());
    assertEquals(403, client.ask("MOVE", "dir/inner", to("dir")).status());
    assertEquals(403, client.ask("MOVE", "dir", to("dir")).status());
    assertEquals(403, client.ask("COPY", "dir", to("")).status());
    assertEquals(403, client.ask("DELETE", "").status());
    assertEquals(409, client.ask("MOVE", "dir", to("none/dir")).status());
    assertEquals(400, client.ask("MOVE", "dir").status());
    assertEquals(400, client.ask("COPY", "dir", to("x"), "Depth: 1").status());
    assertEquals(400, client.ask("COPY", "dir", to("x"), "Overwrite: yes").status());
    assertEquals(201, client.ask("MOVE", "dir", to("DIR")).status());
    assertEquals(List.of("DIR", "b"), names());
    assertEquals(403, client.ask("COPY", "DIR", to("dir")).status());
  }

  @Test
  void whatCannotGoAsAWholeIsNotReplaced() throws IOException {
    Files.createDirectories(root.resolve("old/inner"));
    Files.createDirectory(root.resolve("dir"));
    put("old/inner/a", "kept");
    put("old/b", "kept");
    put("file", "new");
    Files.setAttribute(root.resolve("old/inner/a"), "dos:readonly", true);
    for (String method : List.of("COPY", "MOVE")) {
      for (String from : List.of("file", "dir")) {
        RawHttp.Answer answer = client.ask(method, from, to("old"));
        assertEquals(207, answer.status(), method + " " + from);
        assertTrue(answer.text().contains("old/inner/a<"), answer.text());
        assertTrue(answer.text().contains("HTTP/1.1 403"), answer.text());
      }
      Files.setAttribute(root.resolve("file"), "dos:readonly", true);
      assertEquals(403, client.ask(method, "dir", to("file")).status());
      Files.setAttribute(root.resolve("file"), "dos:readonly", false);
    }
    assertEquals(List.of("dir", "file", "old"), names());
    assertEquals("kept", Files.readString(root.resolve("old/inner/a")));
    assertEquals("kept", Files.readString(root.resolve("old/b")));
    Files.setAttribute(root.resolve("old/inner/a"), "dos:readonly", false);
    Files.setAttribute(root.resolve("old/inner"), "dos:readonly", true);
    assertEquals(207, client.ask("MOVE", "file", to("old")).status());
    Files.setAttribute(root.resolve("old/inner"), "dos:readonly", false);
    assertEquals(204, client.ask("MOVE", "file", to("old")).status());
    assertEquals(List.of("dir", "old"), names());
    assertEquals("new", Files.readString(root.resolve("old")));
  }

  @Test
  void aCopyEndsWhereLinksLeadBack() throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path top = Files.createDirectory(memory.getPath("/top"));
      Files.createDirectories(top.resolve("a/inner"));
      Files.writeString(top.resolve("a/inner/file"), "text");
      Files.writeString(top.resolve("beside"), "text");
      Files.createSymbolicLink(top.resolve("a/itself"), top.resolve("a"));
      Files.createSymbolicLink(top.resolve("a/inner/up"), top);
      Files.createSymbolicLink(top.resolve("a/twin"), top.resolve("a/inner"));
      try (WebdavServer linked = WebdavServer.of(top).start()) {
        RawHttp other = new RawHttp(linked);
        RawHttp.Answer answer =
            other.ask("COPY", "a", "Destination: http://" + other.host() + other.root() + "b");
        assertEquals(207, answer.status());
        assertTrue(answer.text().contains(other.root() + "b/itself<"), answer.text());
        assertTrue(answer.text().contains(other.root() + "b/inner/up/a<"), answer.text());
        assertTrue(answer.text().contains(other.root() + "b/inner/up/b<"), answer.text());
        assertTrue(answer.text().contains("HTTP/1.1 508"), answer.text());
      }
      assertEquals("text", Files.readString(top.resolve("b/inner/file")));
      assertEquals("text", Files.readString(top.resolve("b/twin/up/beside")));
      assertTrue(Files.notExists(top.resolve("b/itself")));
    }
  }

  @Test
  void destinationsAreHere() throws IOException {
    put("a", "a");
    String[][] wrong = {
      {"http://example.com" + client.root() + "b", "502"},
      {"https://" + client.host() + client.root() + "b", "502"},
      {"http://user@example.com" + client.root() + "b", "502"},
      {"http://" + client.host() + "/b", "403"},
      {"/b", "403"},
      {"b", "400"},
      {"http://" + client.host(), "400"},
      {client.root() + "../b", "400"},
      {client.root() + "%2e%2e/b", "400"},
      {client.root() + "x%2fb", "400"},
      {client.root() + "b?x", "400"},
      {client.root() + "b#x", "400"}
    };
    for (String[] each : wrong) {
      int status = client.ask("COPY", "a", "Destination: " + each[0]).status();
      assertEquals(Integer.parseInt(each[1]), status, each[0]);
    }
    assertEquals(201, client.ask("COPY", "a", "Destination: " + client.root() + "b").status());
  }
}
