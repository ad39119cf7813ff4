package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Page;
import dev.tcplay.testing.Page.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the code blocks of README.md and of the pages in docs, and compares what they print with
 * what is shown after them: {@code sh} in bash, but for lines that call Maven; {@code java} in
 * jshell; {@code console}, a recording, in an empty folder. Those of the samples are run by {@code
 * .ci/newuser}, as are all of README.md.
 */
class DocumentsIT {

  private static final Path JAR = Path.of(System.getProperty("tcplay.command")).toAbsolutePath();
  private static final Path LAUNCHERS = Path.of("bin").toAbsolutePath();

  /** Stands on a line of its own between the outputs of two blocks. */
  private static final String MARK = "-- the end of a block --";

  /** Programs of others; a block that calls one is skipped where it is missing. */
  private static final Set<String> TOOLS = Set.of("nbdinfo", "nbdcopy", "qemu-img");

  @TempDir private Path empty;

  @TestFactory
  Stream<DynamicContainer> everyCodeBlockRunsAndPrintsWhatIsShown() throws IOException {
    List<Page> pages = Page.all();
    assertTrue(blocks(pages, "java").count() >= 10);
    assertTrue(blocks(pages, "sh").count() >= 20);
    assertTrue(blocks(pages, "console").count() >= 1);
    return pages.stream()
        .filter(page -> !page.file().startsWith("samples"))
        .map(page -> dynamicContainer(page.toString(), tests(page)));
  }

  private static Stream<Block> blocks(List<Page> pages, String language) {
    return pages.stream()
        .flatMap(page -> page.blocks().stream())
        .filter(block -> block.language().equals(language));
  }

  /** Java between two other programs runs in one jshell, which starts slowly. */
  private Stream<DynamicNode> tests(Page page) {
    List<DynamicNode> tests = new ArrayList<>();
    List<Block> java = new ArrayList<>();
    for (Block block : page.blocks()) {
      String name = "line " + block.line();
      switch (block.language()) {
        case "java" -> {
          if (java.isEmpty()) {
            List<Block> together = java;
            tests.add(dynamicTest(name, () -> jshell(together)));
          }
          java.add(block);
        }
        case "sh" -> {
          java = new ArrayList<>();
          tests.add(dynamicTest(name, () -> shell(block)));
        }
        case "console" -> tests.add(dynamicTest(name, () -> console(block)));
        // What is no program: outputs, drawings, and pieces of classes and of builds.
        case "text", "mermaid", "java fragment", "xml", "groovy" -> {}
        default -> throw new AssertionError(page + ": nobody runs " + block.language());
      }
    }
    return tests.stream();
  }

  private static void shell(Block block) throws Exception {
    for (String line : block.text().lines().toList()) {
      String program = line.split(" ", 2)[0];
      if (TOOLS.contains(program)) {
        Judge.run(program, "--version");
      }
    }
    String script =
        block
            .text()
            .lines()
            .filter(line -> !line.startsWith("mvn "))
            .collect(Collectors.joining("\n", "set -euo pipefail\n", "\n"));
    String out = ended(bash(script, Path.of("")));
    if (!block.output().isEmpty()) {
      assertEquals(block.output(), out);
    }
  }

  /** Lines with a {@code $} are what a person types; the others are what is on the screen then. */
  private void console(Block block) throws Exception {
    StringBuilder script = new StringBuilder("set -euo pipefail\n");
    for (String line : block.text().lines().filter(line -> line.startsWith("$ ")).toList()) {
      script.append("cat <<'TYPED'\n").append(line).append("\nTYPED\n");
      script.append(line.substring(2)).append('\n');
    }
    assertEquals(block.text(), ended(bash(script.toString(), empty)));
  }

  private static CommandRun.Result bash(String script, Path folder) throws Exception {
    String path =
        LAUNCHERS
            + ":"
            + Path.of(System.getProperty("java.home"), "bin")
            + ":"
            + System.getenv("PATH");
    return JavaProcess.program("bash")
        .arguments("-c", "cd '" + folder.toAbsolutePath() + "'\n" + script)
        .environment("PATH", path)
        .environment("JAVA_HOME", System.getProperty("java.home"))
        .environment("TCPLAY_ARCHIVES", JAR.resolveSibling("archives"))
        .run();
  }

  private static void jshell(List<Block> blocks) throws Exception {
    StringBuilder text = new StringBuilder();
    for (Block block : blocks) {
      text.append(block.text()).append("System.out.println(\"").append(MARK).append("\");\n");
    }
    CommandRun.Result result =
        JavaProcess.tool("jshell")
            .arguments("-s", "--class-path", JAR, "-")
            .in(text.toString())
            .run();
    String[] outputs = ended(result).split(MARK + "\n", -1);
    assertEquals(blocks.size() + 1, outputs.length, result::out);
    for (int i = 0; i < blocks.size(); i++) {
      String place = "line " + blocks.get(i).line();
      assertFalse(outputs[i].lines().anyMatch(line -> line.startsWith("|")), place + outputs[i]);
      if (!blocks.get(i).output().isEmpty()) {
        assertEquals(blocks.get(i).output(), outputs[i], place);
      }
    }
  }

  private static String ended(CommandRun.Result result) {
    assertEquals("", result.err());
    assertEquals(0, result.status(), result::out);
    return result.out();
  }
}
