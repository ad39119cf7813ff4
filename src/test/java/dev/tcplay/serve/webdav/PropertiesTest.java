package dev.tcplay.serve.webdav;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.serve.web.RawHttp;
import dev.tcplay.testing.FailingFiles;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.DosFileAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Properties, and what else clients ask. */
@Timeout(60)
class PropertiesTest extends ServedVolume {

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
  void whatWasNotCopiedLeavesNoProperties() throws IOException {
    String property = "<x xmlns='urn:x'>1</x>";
    String wanted = "<D:prop><x xmlns='urn:x'/></D:prop>";
    Files.createDirectory(root.resolve("dir"));
    put("dir/a", "a");
    patch("dir", property);
    patch("dir/a", property);
    for (int status : new int[] {201, 204}) {
      assertEquals(status, client.ask("COPY", "dir", to("copy"), "Depth: 0").status());
      put("copy/a", "another file");
      String directory = find("copy", "0", wanted).text();
      assertTrue(directory.contains("<x xmlns=\"urn:x\">1</x>"), directory);
      String file = find("copy/a", "0", wanted).text();
      assertTrue(file.contains("<x xmlns=\"urn:x\"/></D:prop>"), file);
    }
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
  void aListingTellsWhatItCanOfEntriesThatFailOrVanish() throws IOException {
    Configuration dos = Configuration.unix().toBuilder().setAttributeViews("basic", "dos").build();
    try (FileSystem memory = Jimfs.newFileSystem(dos)) {
      Path top = Files.createDirectories(memory.getPath("/top/dir")).getParent();
      for (String name : List.of("a", FailingFiles.BROKEN, FailingFiles.VANISHING, "z")) {
        Files.writeString(top.resolve(name), "text");
      }
      Files.writeString(top.resolve("dir").resolve(FailingFiles.BROKEN), "text");
      Path failing = new FailingFiles(memory).wrapPath(top);
      try (WebdavServer other = WebdavServer.of(failing).start()) {
        client = new RawHttp(other);
        String attributes =
            "<D:prop><w:Win32FileAttributes xmlns:w='urn:schemas-microsoft-com:'/></D:prop>";
        RawHttp.Answer answer = find("", "1", attributes);
        assertEquals(207, answer.status());
        for (String name : List.of("a", "dir/", FailingFiles.BROKEN, "z")) {
          assertTrue(answer.text().contains(client.root() + name + "<"), answer.text());
        }
        assertTrue(answer.text().contains("HTTP/1.1 500"), answer.text());
        assertFalse(answer.text().contains(FailingFiles.VANISHING), answer.text());
        assertTrue(Files.notExists(top.resolve(FailingFiles.VANISHING)));
        String page = client.ask("GET", "").text();
        assertTrue(page.contains(">" + FailingFiles.BROKEN + "<"), page);
        RawHttp.Answer copied = client.ask("COPY", "dir", to("copy"));
        assertEquals(207, copied.status(), "what is not copied is told");
        assertTrue(copied.text().contains("copy/" + FailingFiles.BROKEN), copied.text());
      }
    }
  }
}
