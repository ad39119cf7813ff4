package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples run, and the committed container holds what they say. */
class SamplesIT {

  private static final String JAR = System.getProperty("tcplay.command");
  private static final Path SUMS = Path.of("samples/demo.sha256");

  @TempDir private Path folder;

  private static CommandRun.Result run(JavaProcess process) throws Exception {
    CommandRun.Result result = process.run();
    assertEquals("", result.err());
    assertEquals(0, result.status(), result::out);
    return result;
  }

  private static JavaProcess source(String name) {
    return JavaProcess.java("--class-path", JAR, "samples/" + name);
  }

  @Test
  void theSumsAreThoseOfTheTree() throws Exception {
    Map<String, String> sums = new TreeMap<>(Names.UTF_8_ORDER);
    try (Stream<Path> files = Files.walk(Demo.TREE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        String path = Demo.TREE.relativize(file).toString();
        sums.put(path, HexFormat.of().formatHex(hash) + "  " + path + "\n");
      }
    }
    assertEquals(String.join("", sums.values()), Files.readString(SUMS));
  }

  @Test
  void theContainerCanBeMadeAnew() throws Exception {
    Judge.run("mformat", "--version");
    Path container = folder.resolve("demo.hc");
    run(source("MakeDemo.java").arguments("samples", container));
    assertEquals(Files.size(Demo.CONTAINER), Files.size(container));
    Object[] arguments = Demo.arguments("sha256");
    arguments[arguments.length - 1] = container;
    assertEquals(Files.readString(SUMS), new CommandRun().run(arguments).out());
  }

  @Test
  void theContainerIsSmall() throws IOException {
    assertTrue(Files.size(Demo.CONTAINER) <= 300 * 1024);
  }

  @Test
  void theProgramListsTheContainer() throws Exception {
    JavaProcess program =
        source("single-file/ReadDemo.java").arguments(Demo.CONTAINER, Demo.PASSWORD_FILE, "1");
    assertTrue(run(program).lines().contains("    42  /hello.txt"));
  }

  @Test
  void jshellIsLeftWithTheFileSystem() throws Exception {
    JavaProcess jshell =
        JavaProcess.tool("jshell")
            .arguments("-s", "--class-path", JAR, "samples/jshell/tcplay.jsh", "-")
            .in(
                "ls(\"/docs\");\nSystem.out.print(Files.readString(fs.getPath(\"/hello.txt\")));\n");
    assertEquals(
        """
        fs is AES, FAT12. Try: ls("/") or Files.readString(fs.getPath("/hello.txt"))
        /docs/A long file name with spaces.txt
        /docs/about.md
        /docs/squares.csv
        Hello from inside an encrypted container.
        """,
        run(jshell).out());
  }
}
