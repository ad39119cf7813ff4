package dev.tcplay.serve.webdav;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.serve.web.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A volume of FAT, whose names have no case and whose times are coarse, served by WebDAV. */
@Timeout(60)
abstract class ServedVolume {

  static final long SIZE = 8 << 20;

  @TempDir Path folder;
  Volume volume;
  Path root;
  WebdavServer server;
  RawHttp client;

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

  RawHttp.Answer put(String path, String text, String... fields) throws IOException {
    return client.send("PUT", path, text.getBytes(UTF_8), fields);
  }

  RawHttp.Answer patch(String path, String properties) throws IOException {
    String body =
        "<D:propertyupdate xmlns:D='DAV:'><D:set><D:prop>"
            + properties
            + "</D:prop></D:set></D:propertyupdate>";
    return client.send("PROPPATCH", path, body.getBytes(UTF_8));
  }

  RawHttp.Answer find(String path, String depth, String what) throws IOException {
    String body = "<D:propfind xmlns:D='DAV:'>" + what + "</D:propfind>";
    return client.send("PROPFIND", path, body.getBytes(UTF_8), "Depth: " + depth);
  }

  RawHttp.Answer askForLock(String path, String depth, String scope) throws IOException {
    String body =
        "<D:lockinfo xmlns:D='DAV:'><D:lockscope><D:"
            + scope
            + "/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>";
    return client.send("LOCK", path, body.getBytes(UTF_8), "Depth: " + depth);
  }

  String lock(String path, String depth, String scope) throws IOException {
    RawHttp.Answer answer = askForLock(path, depth, scope);
    assertTrue(answer.status() == 200 || answer.status() == 201, answer.text());
    return answer.field("Lock-Token").orElseThrow().replaceAll("[<>]", "");
  }

  String to(String path) {
    return "Destination: http://" + client.host() + client.root() + path;
  }

  byte[] head(String method, String path, String... fields) {
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

  long size(String name) throws IOException {
    return Files.size(root.resolve(name));
  }

  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString().replace("/", "")).sorted().toList();
    }
  }

  /** Returns the names that clients see. */
  List<String> listed() throws IOException {
    String answer = client.ask("PROPFIND", "", "Depth: 1").text();
    return Stream.of(answer.split("<D:displayname>", -1))
        .skip(1)
        .map(part -> part.substring(0, part.indexOf('<')))
        .sorted()
        .toList();
  }
}
