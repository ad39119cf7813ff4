package dev.tcplay.serve.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.serve.web.RawHttp;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Files in memory, served by HTTP, with a secret beside them. */
@Timeout(60)
abstract class ServedFiles {

  static final int SIZE = 200_000;

  final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
  final Path outer = memory.getPath("/outer");
  final Path root = outer.resolve("root");
  final byte[] contents = new byte[SIZE];
  HttpFileServer server;
  RawHttp client;

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

  String slice(int from, int to) {
    return new String(contents, from, to - from, ISO_8859_1);
  }

  int range(String condition) throws IOException {
    return client.ask("GET", "film.mp4", "Range: bytes=0-9", condition).status();
  }

  int condition(String field) throws IOException {
    return client.ask("GET", "film.mp4", field).status();
  }

  RawHttp.Answer plain(String start, String fields) throws IOException {
    return client.exchange((start + " HTTP/1.1\r\n" + fields + "\r\n\r\n").getBytes(ISO_8859_1));
  }
}
