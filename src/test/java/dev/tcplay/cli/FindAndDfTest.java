package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code find}, by what bash makes of patterns, and {@code df}, by mtools. */
class FindAndDfTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "**/*.txt",
        "docs/*",
        "docs/**/*.md",
        "**/[hs]*",
        "p*/**/*",
        "**/{about,squares}.*",
        "/hello.txt",
        "?????.txt",
        "docs/",
        "**/p*/",
        "**/nothing"
      })
  void aPatternWithASlashFindsWhatBashDoes(String pattern) throws Exception {
    String path = pattern.contains("/") ? pattern : "./" + pattern;
    String relative = pattern.replaceFirst("^/", "").replace(" ", "\\ ");
    Judge.Verdict bash =
        Judge.run(
            "bash",
            "-c",
            "shopt -s globstar nullglob; cd samples/tree; ls -dp -- %s 2>/dev/null"
                .formatted(relative));
    List<String> expected =
        bash.output()
            .lines()
            .filter(line -> !line.equals("./"))
            .map(line -> line.replaceFirst("//$", "/"))
            .sorted()
            .toList();
    CommandRun.Result result = Demo.run("find", path.replaceFirst("^\\./", "/"));
    assertEquals("", result.err());
    assertEquals(expected, result.lines().stream().sorted().toList());
  }

  @Test
  void aPatternWithoutASlashFindsNamesAnywhere() {
    assertEquals(
        List.of("docs/A long file name with spaces.txt", "empty.txt", "hello.txt", "poems/你好.txt"),
        Demo.run("find", "*.TXT").lines());
    assertEquals(List.of("docs/", "poems/"), Demo.run("find", "--type=d", "*").lines());
    assertEquals(List.of("docs/about.md"), Demo.run("find", "--type=f", "a*.md", "x").lines());
    String listed = Demo.run("find", "-lh", "squares.csv").out();
    assertTrue(listed.matches("----a         4\\.9K \\S+ docs/squares.csv\n"), listed);
    String json = Demo.run("find", "--json", "hello.*").out();
    assertTrue(
        json.startsWith("[{\"path\": \"hello.txt\", \"directory\": false, \"size\": 42"), json);
  }

  @Test
  void aPatternThatIsNoneIsMisuse() {
    CommandRun.Result result = new CommandRun().run("find", "--password", "x", "missing.hc", "[a");
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().contains("[a is no pattern"), result::err);
  }

  @Test
  void whatIsFreeIsWhatOthersSay() throws Exception {
    Path image = folder.resolve("volume.img");
    assertEquals(0, Demo.run("export", image).status());
    String others = Judge.run("mdir", "-i", image.toString(), "::").output();
    String free = others.lines().filter(line -> line.endsWith("bytes free")).findFirst().get();
    String number = free.replaceAll("[^0-9]", "");
    assertTrue(
        Demo.run("df", "--json").out().endsWith("\"free\": " + number + "}\n"),
        () -> Demo.run("df", "--json").out() + others);
    List<String> lines = Demo.run("df", "-h").lines();
    assertEquals(2, lines.size());
    assertTrue(lines.get(1).matches("fat12 +42K +8\\.0K +34K +20%"), lines.get(1));
  }
}
