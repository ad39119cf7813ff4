package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
  private static final Path LAUNCHER = Path.of("samples/tcplay");

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

  /** Starts the launcher by a path, with a Java that only prints its arguments. */
  private String javaArguments(Path launcher, Map<String, String> environment) throws Exception {
    Path home = Files.createDirectories(folder.resolve("a java/bin")).getParent();
    Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$*\"\n");
    assertTrue(java.toFile().setExecutable(true));
    ProcessBuilder builder =
        new ProcessBuilder(launcher.toString(), "--version").redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("HOME", "XDG_CACHE_HOME", "TCPLAY_ARCHIVES"));
    builder.environment().put("JAVA_HOME", home.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out;
  }

  /** To the virtual machine a colon stands between archives, of which it knows two at most. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theLauncherGoesWithoutAnArchiveWhereThereIsNoPlaceForIt() throws Exception {
    String plain = "-jar " + LAUNCHER.toRealPath().resolveSibling("../target/tcplay.jar");
    plain += " --version\n";
    assertEquals(plain, javaArguments(LAUNCHER, Map.of()));
    Path colons = folder.resolve("a:b:c");
    assertEquals(plain, javaArguments(LAUNCHER, Map.of("TCPLAY_ARCHIVES", colons.toString())));
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(plain, javaArguments(LAUNCHER, Map.of("HOME", file.toString())));
    String home = folder.resolve("a home").toString();
    String archive = "-XX:ArchiveClassesAtExit=" + home + "/.cache/tcplay/";
    assertTrue(javaArguments(LAUNCHER, Map.of("HOME", home)).startsWith(archive));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theLauncherFindsTheJarByALinkToItself() throws Exception {
    Path program = Files.createDirectory(folder.resolve("a program"));
    Path jar = Files.createFile(program.resolve("tcplay.jar"));
    Path copy = Files.copy(LAUNCHER, program.resolve("tcplay"), StandardCopyOption.COPY_ATTRIBUTES);
    Path link = Files.createSymbolicLink(folder.resolve("a link"), copy);
    Path another = Files.createSymbolicLink(folder.resolve("another"), link.getFileName());
    String expected = "-jar " + jar.toRealPath() + " --version\n";
    assertEquals(expected, javaArguments(another, Map.of()));
  }

  private static Process launcher(Path archives, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
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
