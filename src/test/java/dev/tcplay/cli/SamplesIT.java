package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
        source("ReadDemo.java").arguments(Demo.CONTAINER, Demo.PASSWORD_FILE, "1");
    assertTrue(run(program).lines().contains("    42  /hello.txt"));
  }

  /** The first start makes an archive of classes, the second one opens it. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theLauncherRunsTheCommandWithAnArchiveOfItsClasses() throws Exception {
    Path archives = folder.resolve("archives");
    for (int start = 1; start <= 2; start++) {
      Process process = launcher(archives, Demo.arguments("sha256"));
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor());
      assertEquals(Files.readString(SUMS), out);
      try (Stream<Path> made = Files.list(archives)) {
        assertEquals(1, made.count());
      }
    }
    assertEquals(ExitStatus.USAGE, launcher(archives, "info").waitFor());
  }

  private static Process launcher(Path archives, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("samples/tcplay"));
    Stream.of(arguments).map(String::valueOf).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TCPLAY_ARCHIVES", archives.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
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
