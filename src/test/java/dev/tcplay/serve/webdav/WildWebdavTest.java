package dev.tcplay.serve.webdav;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.serve.web.RawHttp;
import dev.tcplay.testing.Seeds;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that no client would make: whatever they are, nothing outside of the tree changes, the
 * server lives and its volume is sound. {@code -Dtcplay.wild=20000} makes more.
 */
@Timeout(900)
class WildWebdavTest {

  private static final long MOST_KEPT = 64 << 20;

  private static final int COUNT = Integer.getInteger("tcplay.wild", 600);

  private static final List<String> METHODS =
      List.of(
          "GET",
          "HEAD",
          "PUT",
          "DELETE",
          "MKCOL",
          "COPY",
          "MOVE",
          "PROPFIND",
          "PROPPATCH",
          "LOCK",
          "UNLOCK",
          "OPTIONS",
          "POST",
          "TRACE",
          "CONNECT",
          "PRI",
          "get",
          "");

  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "c",
          "A",
          "dir",
          "dir/",
          "dir/a",
          "dir/b/",
          "..",
          "../x",
          "%2e%2e/x",
          "..%2fx",
          "dir/../../x",
          "a%00",
          "a%5c..%5cx",
          "%c0%ae%c0%ae/x",
          "%zz",
          "%",
          "a;x=1",
          "a?b",
          "a#b",
          "out",
          "out/x",
          "link",
          "a%3ab",
          "con",
          ".",
          "",
          "//",
          "%F0%9F%98%80",
          "a.",
          "x".repeat(260));

  private static final List<String> FIELDS =
      List.of(
          "Depth: 0",
          "Depth: 1",
          "Depth: infinity",
          "Depth: -1",
          "Overwrite: F",
          "Overwrite: T",
          "Range: bytes=0-1,3-4",
          "Range: bytes=-1",
          "Range: bytes=9-",
          "If-Match: *",
          "If-None-Match: *",
          "If-Match: \"x\"",
          "If: (<urn:x>)",
          "If: (Not <DAV:no-lock>)",
          "If: ((((",
          "If: <http://[> ([\"x\"])",
          "Lock-Token: <urn:x>",
          "Lock-Token: x",
          "Timeout: Second-999999999999999999999",
          "Timeout: Infinite",
          "Content-Range: bytes 0-1/2",
          "Expect: 100-continue",
          "Expect: magic",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: gzip",
          "Content-Length: 10",
          "Content-Length: -1",
          "Content-Length: 99999999999999999999",
          "Origin: null",
          "Host: example.com",
          "Connection: close",
          "Connection: Upgrade",
          "Upgrade: h2c",
          "TE: trailers",
          "X: " + "y".repeat(20_000));

  private static final List<String> BODIES =
      List.of(
          "",
          "x",
          "<",
          "<D:propfind xmlns:D='DAV:'><D:allprop/></D:propfind>",
          "<D:propfind xmlns:D='DAV:'><D:prop><D:getetag/><x xmlns='y'/></D:prop></D:propfind>",
          "<D:propertyupdate xmlns:D='DAV:'><D:set><D:prop><x>1</x></D:prop></D:set>"
              + "</D:propertyupdate>",
          "<D:propertyupdate xmlns:D='DAV:'><D:remove><D:prop><D:getetag/></D:prop></D:remove>"
              + "</D:propertyupdate>",
          "<D:lockinfo xmlns:D='DAV:'><D:lockscope><D:shared/></D:lockscope><D:locktype><D:write/>"
              + "</D:locktype><D:owner>me</D:owner></D:lockinfo>",
          "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
          "5\r\nhello\r\n0\r\n\r\n",
          "zz\r\n\r\n",
          "y".repeat(70_000));

  @TempDir private Path folder;

  @Test
  void onAnEncryptedVolume() throws Exception {
    try (Volume volume = new Volume(folder, "exFAT", 8 << 20)) {
      Files.createDirectory(volume.root().resolve("top"));
      Files.writeString(volume.root().resolve("outside"), "untouched");
      storm(volume.root().resolve("top"), COUNT / 2, Seeds.of("WildWebdavTest, exFAT"));
      assertEquals("untouched", Files.readString(volume.root().resolve("outside")));
      try (Stream<Path> all = Files.list(volume.root())) {
        assertEquals(2, all.count());
      }
    }
  }

  @Test
  void besideLinksThatLeadOut() throws Exception {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path outer = Files.createDirectories(memory.getPath("/outer"));
      Files.writeString(outer.resolve("outside"), "untouched");
      Path top = Files.createDirectory(outer.resolve("top"));
      Files.createSymbolicLink(top.resolve("out"), outer);
      Files.createSymbolicLink(top.resolve("link"), outer.resolve("outside"));
      storm(top, COUNT - COUNT / 2, Seeds.of("WildWebdavTest, links"));
      assertEquals("untouched", Files.readString(outer.resolve("outside")));
      try (Stream<Path> all = Files.list(outer)) {
        assertEquals(2, all.count());
      }
    }
  }

  private static void storm(Path top, int count, long seed) throws Exception {
    Random random = new Random(seed);
    try (WebdavServer server = WebdavServer.of(top).start()) {
      RawHttp client = new RawHttp(server);
      long before = used();
      for (int i = 0; i < count; i++) {
        send(client, request(client, random), random);
      }
      // Other tests run meanwhile, but nothing that they use lasts.
      for (int i = 0; i < 600 && used() - before >= MOST_KEPT; i++) {
        Thread.sleep(100);
      }
      assertTrue(used() - before < MOST_KEPT, "more than 64 MiB are kept");
      assertEquals(207, client.ask("PROPFIND", "", "Depth: 0").status());
      for (int i = 0; i < 6000 && server.clients() > 0; i++) {
        Thread.sleep(10);
      }
      assertEquals(0, server.clients());
    }
    try (Stream<Path> all = Files.walk(top)) {
      assertEquals(List.of(), all.filter(f -> f.toString().endsWith(".tmp")).toList());
    }
  }

  private static byte[] request(RawHttp client, Random random) {
    StringBuilder text = new StringBuilder();
    String body = pick(BODIES, random);
    text.append(pick(METHODS, random)).append(' ');
    text.append(random.nextInt(20) == 0 ? "/" : client.root()).append(pick(NAMES, random));
    text.append(random.nextInt(30) == 0 ? "" : " HTTP/1.1").append("\r\n");
    text.append("Host: ").append(client.host()).append("\r\n");
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(pick(FIELDS, random)).append("\r\n");
    }
    if (random.nextInt(3) > 0) {
      text.append("Destination: ").append(random.nextBoolean() ? "" : "http://" + client.host());
      text.append(client.root()).append(pick(NAMES, random)).append("\r\n");
    }
    if (random.nextInt(4) > 0) {
      text.append("Content-Length: ").append(body.length() + random.nextInt(2)).append("\r\n");
    }
    byte[] bytes = text.append("\r\n").append(body).toString().getBytes(ISO_8859_1);
    for (int i = random.nextInt(8) == 0 ? 1 + random.nextInt(8) : 0; i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** Sends a request; whoever says everything gets an answer or the end of the connection. */
  private static void send(RawHttp client, byte[] request, Random random) throws IOException {
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(request);
      if (random.nextInt(10) > 0) {
        socket.shutdownOutput();
        int status = RawHttp.read(socket.getInputStream(), false).status();
        assertTrue(status >= 200 && status < 600 && status != 500, new String(request, ISO_8859_1));
      }
    } catch (EOFException | SocketException e) {
      // It was told so, by an end or a reset, as it had more to say than anybody listens to.
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static String pick(List<String> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
