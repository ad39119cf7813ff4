package dev.tcplay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands print of a sound container: the one of the samples. */
class ListingTest {

  private static final String FACTS =
      """
      format: VeraCrypt
      prf: sha512
      iterations: 16000
      cipher: AES
      mode: xts
      tweak: plain64
      kind: normal
      data-offset: 131072
      data-length: 45056
      first-unit: 256
      sector-size: 512
      filesystem: FAT12
      label: DEMO
      serial: 7C9A-1D0E
      """;

  private static final String JSON_FACTS =
      "{'format': 'VeraCrypt', 'prf': 'sha512', 'iterations': 16000, 'cipher': 'AES',"
          + " 'mode': 'xts', 'tweak': 'plain64', 'kind': 'normal', 'data-offset': 131072, 'data-length': 45056,"
          + " 'first-unit': 256, 'sector-size': 512, 'filesystem': 'FAT12', 'label': 'DEMO',"
          + " 'serial': '7C9A-1D0E'}\n";

  private static CommandRun.Result fine(CommandRun.Result result) {
    assertEquals("", result.err());
    assertEquals(0, result.status());
    return result;
  }

  @Test
  void numbersDoNotFollowTheLocale() throws Exception {
    CommandRun.Result result =
        JavaProcess.main("-Duser.language=ar", "-Duser.country=EG")
            .arguments(Demo.arguments("ls", "-l"))
            .run();
    assertEquals(Demo.run("ls", "-l").out(), fine(result).out());
  }

  @Test
  void infoPrintsOneFactALine() {
    assertEquals(FACTS, fine(Demo.run("info")).out());
  }

  @Test
  void infoPrintsTheSameFactsAsJson() {
    assertEquals(JSON_FACTS.replace('\'', '"'), fine(Demo.run("info", "--json")).out());
  }

  @Test
  void lsPrintsOneEntryALineAndDirectoriesWithASlash() {
    List<String> root = List.of("docs/", "empty.txt", "hello.txt", "poems/");
    assertEquals(root, fine(Demo.run("ls")).lines());
    assertEquals(root, fine(Demo.run("ls", "/")).lines());
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs", "/docs", "docs/", "/DOCS/", "./poems/../docs"})
  void lsPrintsPathsRelativeToThePath(String path) {
    assertEquals(
        List.of("A long file name with spaces.txt", "about.md", "squares.csv"),
        fine(Demo.run("ls", path)).lines());
  }

  @Test
  void lsOfAFilePrintsItsName() {
    assertEquals(List.of("about.md"), fine(Demo.run("ls", "docs/about.md")).lines());
  }

  @Test
  void lsGoesBelowWithR() {
    assertEquals(
        List.of(
            "docs/",
            "docs/A long file name with spaces.txt",
            "docs/about.md",
            "docs/squares.csv",
            "empty.txt",
            "hello.txt",
            "poems/",
            "poems/你好.txt"),
        fine(Demo.run("ls", "-R")).lines());
  }

  @Test
  void lsPrintsAttributesSizeAndTimeWithL() {
    List<String> lines = fine(Demo.run("ls", "-l")).lines();
    assertEquals(4, lines.size());
    String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
    assertTrue(lines.get(0).matches("d---- +0 " + time + " docs/"), lines.get(0));
    assertTrue(lines.get(2).matches("----a +42 " + time + " hello.txt"), lines.get(2));
  }

  @Test
  void lsPrintsAllDetailsAsJson() {
    String json = fine(Demo.run("ls", "--json", "poems")).out();
    String expected =
        "\\[\\{'path': '你好.txt', 'directory': false, 'size': 72, 'modified': '[-0-9T:]+Z',"
            + " 'attributes': '----a'}]\n";
    assertTrue(json.matches(expected.replace('\'', '"')), json);
  }

  @Test
  void catPrintsTheBytesOfAFile() throws IOException {
    assertArrayEquals(
        Files.readAllBytes(Demo.TREE.resolve("docs/squares.csv")),
        fine(Demo.run("cat", "/docs/SQUARES.csv")).bytes());
    assertEquals("", fine(Demo.run("cat", "empty.txt")).out());
  }

  @Test
  void sha256PrintsEveryFileInTheOrderOfThePathsBytes() throws IOException {
    assertEquals(Files.readString(Path.of("samples/demo.sha256")), fine(Demo.run("sha256")).out());
  }

  @Test
  void sha256PrintsPathsRelativeToThePath() {
    List<String> lines = fine(Demo.run("sha256", "poems")).lines();
    assertEquals(1, lines.size());
    assertEquals("  你好.txt", lines.get(0).substring(64));
    assertEquals(lines, fine(Demo.run("sha256", "poems/你好.txt")).lines());
  }

  @Test
  void sha256PrintsTheSameAsJson() {
    String hash = fine(Demo.run("sha256", "hello.txt")).out().substring(0, 64);
    assertEquals(
        "[{\"sha256\": \"" + hash + "\", \"path\": \"hello.txt\"}]\n",
        fine(Demo.run("sha256", "--json", "hello.txt")).out());
  }

  @Test
  void outputIsUtf8() {
    byte[] out = fine(Demo.run("ls", "poems")).bytes();
    assertArrayEquals("你好.txt\n".getBytes(UTF_8), out);
  }
}
