package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the code blocks of README.md and docs/libtcplay.md: {@code sh} in bash without the lines
 * that call Maven, {@code java} in jshell. A {@code text} block right after is what they print.
 */
class ReadmeIT {

  private static final Path README = Path.of("README.md");
  private static final Path LIBTCPLAY = Path.of("docs/libtcplay.md");
  private static final String JAR = System.getProperty("tcplay.command");

  /** A fenced block: its language, its first line's number, its text, and what it should print. */
  private record Block(String language, int line, String text, String output) {}

  @TestFactory
  Stream<DynamicTest> everyCodeBlockRunsAndPrintsWhatIsShown() throws IOException {
    List<Block> blocks = blocks(Files.readAllLines(README));
    assertTrue(blocks.stream().anyMatch(block -> block.language().equals("java")));
    assertTrue(blocks.stream().filter(block -> block.language().equals("sh")).count() >= 5);
    return tests(blocks);
  }

  /** They build on each other. */
  @TestFactory
  Stream<DynamicTest> theExamplesForUsersOfLibtcplayRun() throws IOException {
    List<Block> blocks = blocks(Files.readAllLines(LIBTCPLAY));
    assertTrue(blocks.stream().filter(block -> !block.output().isEmpty()).count() >= 6);
    return tests(blocks);
  }

  private static Stream<DynamicTest> tests(List<Block> blocks) {
    return blocks.stream()
        .map(block -> DynamicTest.dynamicTest("line " + block.line(), () -> check(block)));
  }

  private static List<Block> blocks(List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String language = fence(lines, i);
      if (language.isEmpty()) {
        continue;
      }
      int end = end(lines, i);
      int next = end + 2;
      String output = "";
      if (next < lines.size() && fence(lines, next).equals("text")) {
        output = text(lines, next);
      }
      if (!language.equals("text")) {
        blocks.add(new Block(language, i + 1, text(lines, i), output));
      }
      i = end;
    }
    return blocks;
  }

  private static String fence(List<String> lines, int line) {
    return lines.get(line).startsWith("```") ? lines.get(line).substring(3) : "";
  }

  private static int end(List<String> lines, int fence) {
    int end = fence + 1;
    while (!lines.get(end).equals("```")) {
      end++;
    }
    return end;
  }

  private static String text(List<String> lines, int fence) {
    StringBuilder text = new StringBuilder();
    lines.subList(fence + 1, end(lines, fence)).forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static void check(Block block) throws Exception {
    CommandRun.Result result =
        switch (block.language()) {
          case "sh" -> shell(block.text());
          case "java" -> jshell(block.text());
          default -> throw new AssertionError("nobody runs " + block.language());
        };
    assertEquals("", result.err());
    assertEquals(0, result.status(), result::out);
    if (!block.output().isEmpty()) {
      assertEquals(block.output(), result.out());
    }
  }

  private static CommandRun.Result shell(String text) throws Exception {
    String script =
        text.lines().filter(line -> !line.startsWith("mvn ")).toList().stream()
            .reduce("set -euo pipefail", (all, line) -> all + "\n" + line);
    String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
    return JavaProcess.program("bash")
        .arguments("-c", script.replace("target/tcplay.jar", JAR))
        .environment("PATH", path)
        .environment("TCPLAY_ARCHIVES", Path.of(JAR).resolveSibling("archives"))
        .run();
  }

  private static CommandRun.Result jshell(String text) throws Exception {
    CommandRun.Result result =
        JavaProcess.tool("jshell").arguments("-s", "--class-path", JAR, "-").in(text).run();
    assertFalse(result.out().lines().anyMatch(line -> line.startsWith("|")), result::out);
    return result;
  }
}
