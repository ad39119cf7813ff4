package dev.tcplay.serve.webdav;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.serve.web.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.DosFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** WebDAV on a volume of FAT, whose names have no case and whose times are coarse. */
@Timeout(60)
class WebdavServerTest {

  private static final long SIZE = 8 << 20;

  @TempDir private Path folder;
  private Volume volume;
  private Path root;
  private WebdavServer server;
  private RawHttp client;

  @BeforeEach
  void serve() throws IOException {
    volume = new Volume(folder, "FAT16", SIZE);
    root = volume.root();
    server = WebdavServer.of(root).start();
    client = new RawHttp(server);
  }

  @AfterEach
  void end() throws IOException {
    server.close();
    volume.close();
  }

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
    for (int i = 0; i < 500 && names().size() > 1; i++) {
      Thread.sleep(10);
    }
    assertEquals(List.of("a.txt"), names());
    assertEquals("old", Files.readString(root.resolve("a.txt")));
    assertEquals(204, put("a.txt", "new").status());
    assertEquals("new", Files.readString(root.resolve("a.txt")));
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
  void copyingMoreThanFitsTellsWhatFailed() throws IOException {
    Files.createDirectory(root.resolve("from"));
    Files.write(root.resolve("from/1"), new byte[3 << 20]);
    Files.write(root.resolve("from/2"), new byte[3 << 20]);
    RawHttp.Answer answer = client.ask("COPY", "from", to("to"));
    assertEquals(207, answer.status());
    assertTrue(answer.text().contains("HTTP/1.1 507"), answer.text());
    assertEquals(6 << 20, size("from/1") + size("from/2"));
    Files.write(root.resolve("one"), new byte[10]);
    assertEquals(507, client.ask("COPY", "from/1", to("one")).status());
    assertEquals(10, size("one"));
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
    for (String name : List.of("._a", ".DS_Store", "desktop.ini", "%C3%A4 %E2%82%AC")) {
      assertEquals(201, put(name.replace(" ", "%20"), "x").status(), name);
    }
  }

  @Test
  void aLockKeepsOthersOut() throws IOException {
    put("a.txt", "x");
    String token = lock("a.txt", "0", "exclusive");
    for (String name : List.of("a.txt", "A.TXT")) {
      assertEquals(423, put(name, "y").status());
      assertEquals(423, client.ask("DELETE", name).status());
      assertEquals(423, client.ask("MOVE", name, to("b.txt")).status());
      assertEquals(423, patch(name, "<x xmlns='urn:x'>1</x>").status());
      assertEquals(423, askForLock(name, "0", "shared").status());
      assertEquals(200, client.ask("GET", name).status());
    }
    put("c.txt", "z");
    RawHttp.Answer onto = client.ask("COPY", "c.txt", to("A.txt"));
    assertEquals(423, onto.status());
    assertTrue(onto.text().contains("<D:lock-token-submitted><D:href>"), onto.text());
    assertEquals(204, put("a.txt", "y", "If: (<" + token + ">)").status());
    assertEquals(412, put("a.txt", "y", "If: (<urn:uuid:other>)").status());
    assertEquals(409, client.ask("UNLOCK", "a.txt", "Lock-Token: <urn:uuid:other>").status());
    assertEquals(204, client.ask("UNLOCK", "A.txt", "Lock-Token: <" + token + ">").status());
    assertEquals(204, put("a.txt", "z").status());
  }

  @Test
  void aLockOfADirectoryHoldsForItsNamesOrAllInIt() throws IOException {
    Files.createDirectories(root.resolve("dir/inner"));
    put("dir/a", "x");
    String token = lock("dir", "0", "exclusive");
    assertEquals(423, put("dir/new", "x").status());
    assertEquals(423, client.ask("DELETE", "dir/a").status());
    assertEquals(423, client.ask("MOVE", "dir/a", to("b")).status());
    assertEquals(423, client.ask("MKCOL", "dir/more").status());
    assertEquals(204, put("dir/a", "y").status());
    assertEquals(201, put("dir/inner/b", "y").status());
    assertEquals(204, client.ask("UNLOCK", "dir", "Lock-Token: <" + token + ">").status());
    String whole = lock("", "infinity", "exclusive");
    assertEquals(423, put("dir/inner/b", "z").status());
    assertEquals(423, put("new", "z").status());
    assertEquals(423, askForLock("dir/a", "0", "exclusive").status());
    assertEquals(
        204, put("dir/inner/b", "z", "If: <" + client.root() + "> (<" + whole + ">)").status());
    assertEquals(204, client.ask("UNLOCK", "", "Lock-Token: <" + whole + ">").status());
    String inside = lock("dir/inner/b", "0", "shared");
    assertEquals(423, client.ask("DELETE", "dir").status());
    assertEquals(423, client.ask("MOVE", "dir", to("moved")).status());
    assertTrue(Files.exists(root.resolve("dir/inner/b")));
    String field = "If: <" + client.root() + "dir/inner/b> (<" + inside + ">)";
    assertEquals(204, client.ask("DELETE", "dir", field).status());
    assertEquals(201, put("dir", "x").status());
  }

  @Test
  void locksAreSharedRefreshedAndEnd() throws Exception {
    String first = lock("new.txt", "0", "shared");
    assertEquals(0, size("new.txt"));
    String second = lock("new.txt", "0", "shared");
    assertEquals(423, askForLock("new.txt", "0", "exclusive").status());
    assertEquals(204, put("new.txt", "x", "If: (<" + second + ">)").status());
    String properties = find("new.txt", "0", "<D:prop><D:lockdiscovery/></D:prop>").text();
    assertTrue(properties.contains(first) && properties.contains(second), properties);
    RawHttp.Answer refreshed =
        client.ask("LOCK", "new.txt", "If: (<" + first + ">)", "Timeout: Second-2, Infinite");
    assertEquals(200, refreshed.status());
    assertTrue(refreshed.text().matches("(?s).*Second-[12]<.*"), refreshed.text());
    assertEquals(412, client.ask("LOCK", "new.txt", "If: (<urn:x>)").status());
    assertEquals(412, client.ask("LOCK", "new.txt").status());
    assertEquals(204, client.ask("UNLOCK", "new.txt", "Lock-Token: <" + second + ">").status());
    for (int i = 0; i < 100 && put("new.txt", "y").status() == 423; i++) {
      Thread.sleep(50);
    }
    assertEquals(204, put("new.txt", "z").status());
    assertEquals(400, client.ask("UNLOCK", "new.txt").status());
    assertEquals(400, askForLock("new.txt", "1", "shared").status());
    assertEquals(409, askForLock("none/new", "0", "shared").status());
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

  @Test
  void propertiesAreFoundAndSet() throws IOException {
    put("a%20b.txt", "hello");
    Files.createDirectory(root.resolve("dir"));
    String all = find("a%20b.txt", "0", "<D:allprop/>").text();
    for (String part :
        List.of(
            "<D:href>" + client.root() + "a%20b.txt</D:href>",
            "<D:displayname>a b.txt</D:displayname>",
            "<D:getcontentlength>5</D:getcontentlength>",
            "<D:getcontenttype>text/plain</D:getcontenttype>",
            "<D:resourcetype/>",
            "<D:creationdate>20")) {
      assertTrue(all.contains(part), all);
    }
    assertFalse(all.contains("quota"), all);
    String changed =
        patch(
                "a%20b.txt",
                "<D:getlastmodified>Thu, 29 Feb 2024 12:34:56 GMT</D:getlastmodified>"
                    + "<Z:Win32FileAttributes xmlns:Z='urn:schemas-microsoft-com:'>00000022"
                    + "</Z:Win32FileAttributes><x xmlns='urn:x'>&lt;1&gt;</x>")
            .text();
    assertTrue(changed.contains("200 OK") && !changed.contains("Failed"), changed);
    assertEquals(
        "2024-02-29T12:34:56Z", Files.getLastModifiedTime(root.resolve("a b.txt")).toString());
    assertTrue(Files.readAttributes(root.resolve("a b.txt"), DosFileAttributes.class).isHidden());
    String named =
        find(
                "a%20b.txt",
                "0",
                "<D:prop><x xmlns='urn:x'/><none xmlns='urn:x'/><D:getlastmodified/>"
                    + "<Win32FileAttributes xmlns='urn:schemas-microsoft-com:'/></D:prop>")
            .text();
    assertTrue(named.contains("<x xmlns=\"urn:x\">&lt;1&gt;</x>"), named);
    assertTrue(named.contains(">00000022<"), named);
    assertTrue(named.contains("<none xmlns=\"urn:x\"/></D:prop><D:status>HTTP/1.1 404"), named);
    String mixed = patch("a%20b.txt", "<y xmlns='urn:x'>2</y><D:getetag>x</D:getetag>").text();
    assertTrue(mixed.contains("HTTP/1.1 403") && mixed.contains("HTTP/1.1 424"), mixed);
    client.ask("MOVE", "a%20b.txt", to("dir/c"));
    String moved =
        find("dir/c", "0", "<D:prop><x xmlns='urn:x'/><y xmlns='urn:x'/></D:prop>").text();
    assertTrue(
        moved.contains("&lt;1&gt;") && moved.contains("<y xmlns=\"urn:x\"/></D:prop>"), moved);
  }

  @Test
  void theQuotaIsThatOfTheVolume() throws IOException {
    String quota =
        find("", "0", "<D:prop><D:quota-available-bytes/><D:quota-used-bytes/></D:prop>").text();
    long free = Files.getFileStore(root).getUsableSpace();
    assertTrue(
        quota.contains("<D:quota-available-bytes>" + free + "</D:quota-available-bytes>"), quota);
    assertTrue(quota.matches("(?s).*<D:quota-used-bytes>\\d+</D:quota-used-bytes>.*"), quota);
  }

  @Test
  void wholeTreesAreNotListed() throws IOException {
    assertEquals(403, find("", "infinity", "<D:allprop/>").status());
    RawHttp.Answer usual = client.ask("PROPFIND", "");
    assertEquals(403, usual.status());
    assertTrue(usual.text().contains("<D:propfind-finite-depth>"), usual.text());
    assertEquals(400, find("", "2", "<D:allprop/>").status());
    assertEquals(207, client.ask("PROPFIND", "", "Depth: 1").status());
    assertEquals(404, find("none", "0", "<D:allprop/>").status());
  }

  @Test
  void bodiesAreSmallAndWithoutEntities() throws IOException {
    put("a", "a");
    String secret = folder.resolve("FAT16.tc").toUri().toString();
    for (String start :
        List.of(
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret + "\">]>",
            "<!DOCTYPE x SYSTEM \"" + secret + "\">",
            "<!DOCTYPE x>",
            "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>",
            "<x>",
            "\0")) {
      byte[] body =
          (start
                  + "<D:propertyupdate xmlns:D=\"DAV:\"><D:set><D:prop><x>&e;</x></D:prop></D:set>"
                  + "</D:propertyupdate>")
              .getBytes(UTF_8);
      assertEquals(400, client.send("PROPPATCH", "a", body).status(), start);
    }
    String deep = "<x>".repeat(8_000) + "</x>".repeat(8_000);
    assertEquals(400, patch("a", deep).status());
    assertEquals(413, patch("a", "<x>" + "y".repeat(70_000) + "</x>").status());
    assertEquals(400, client.send("PROPPATCH", "a", new byte[0]).status());
  }

  @Test
  void readsOnlyIfItIsToldSo() throws IOException {
    put("a", "a");
    try (WebdavServer reader = WebdavServer.of(root).readOnly(true).start()) {
      RawHttp other = new RawHttp(reader);
      for (String method :
          List.of("PUT", "DELETE", "MKCOL", "COPY", "MOVE", "PROPPATCH", "LOCK", "UNLOCK")) {
        String target = "Destination: " + other.root() + "b";
        assertEquals(403, other.ask(method, "a", target).status(), method);
      }
      assertEquals("a", other.ask("GET", "a").text());
      assertEquals(207, other.ask("PROPFIND", "", "Depth: 1").status());
      assertEquals("1", other.ask("OPTIONS", "").field("DAV").orElseThrow());
    }
    assertEquals(List.of("a"), names());
  }

  @Test
  void tellsWhatItCanAtEveryPath() throws IOException {
    for (String path : List.of("*", "/", client.root(), client.root() + "none")) {
      byte[] request =
          ("OPTIONS " + path + " HTTP/1.1\r\nHost: " + client.host() + "\r\n\r\n").getBytes(UTF_8);
      RawHttp.Answer answer = client.exchange(request);
      assertEquals(200, answer.status());
      assertEquals("1, 2, 3", answer.field("DAV").orElseThrow());
      assertEquals("DAV", answer.field("MS-Author-Via").orElseThrow());
    }
    assertEquals(405, client.ask("POST", "").status());
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

  private RawHttp.Answer put(String path, String text, String... fields) throws IOException {
    return client.send("PUT", path, text.getBytes(UTF_8), fields);
  }

  private RawHttp.Answer patch(String path, String properties) throws IOException {
    String body =
        "<D:propertyupdate xmlns:D='DAV:'><D:set><D:prop>"
            + properties
            + "</D:prop></D:set></D:propertyupdate>";
    return client.send("PROPPATCH", path, body.getBytes(UTF_8));
  }

  private RawHttp.Answer find(String path, String depth, String what) throws IOException {
    String body = "<D:propfind xmlns:D='DAV:'>" + what + "</D:propfind>";
    return client.send("PROPFIND", path, body.getBytes(UTF_8), "Depth: " + depth);
  }

  private RawHttp.Answer askForLock(String path, String depth, String scope) throws IOException {
    String body =
        "<D:lockinfo xmlns:D='DAV:'><D:lockscope><D:"
            + scope
            + "/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>";
    return client.send("LOCK", path, body.getBytes(UTF_8), "Depth: " + depth);
  }

  private String lock(String path, String depth, String scope) throws IOException {
    RawHttp.Answer answer = askForLock(path, depth, scope);
    assertTrue(answer.status() == 200 || answer.status() == 201, answer.text());
    return answer.field("Lock-Token").orElseThrow().replaceAll("[<>]", "");
  }

  private String to(String path) {
    return "Destination: http://" + client.host() + client.root() + path;
  }

  private byte[] head(String method, String path, String... fields) {
    return (method
            + " "
            + client.root()
            + path
            + " HTTP/1.1\r\nHost: "
            + client.host()
            + "\r\n"
            + String.join("\r\n", fields)
            + "\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  private long size(String name) throws IOException {
    return Files.size(root.resolve(name));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString().replace("/", "")).sorted().toList();
    }
  }

  /** Returns the names that clients see. */
  private List<String> listed() throws IOException {
    String answer = client.ask("PROPFIND", "", "Depth: 1").text();
    return Stream.of(answer.split("<D:displayname>", -1))
        .skip(1)
        .map(part -> part.substring(0, part.indexOf('<')))
        .sorted()
        .toList();
  }
}
