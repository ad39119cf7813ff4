package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of the command. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {

  private static final Path LAUNCHER = Path.of("bin/tcplay");
  private static final Path SUMS = Path.of("samples/demo.sha256");
  private static final String UTF_8 = "-Dfile.encoding=UTF-8 ";
  private static final String OWN_ARCHIVE = "a java/lib/server/classes.jsa";

  @TempDir private Path folder;

  /** The first start makes an archive of classes, the second one opens it. */
  @Test
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
    Script.write(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$*\"\n");
    Files.createDirectories(folder.resolve(OWN_ARCHIVE).getParent());
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
  void theLauncherGoesWithoutAnArchiveWhereThereIsNoPlaceForIt() throws Exception {
    String plain = UTF_8 + "-jar " + LAUNCHER.toRealPath().resolveSibling("../target/tcplay.jar");
    plain += " --version\n";
    assertEquals(plain, javaArguments(LAUNCHER, Map.of()));
    Path colons = folder.resolve("a:b:c");
    assertEquals(plain, javaArguments(LAUNCHER, Map.of("TCPLAY_ARCHIVES", colons.toString())));
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(plain, javaArguments(LAUNCHER, Map.of("HOME", file.toString())));
    String home = folder.resolve("a home").toString();
    Files.createFile(folder.resolve(OWN_ARCHIVE));
    String archive = "-XX:ArchiveClassesAtExit=" + home + "/.cache/tcplay/";
    assertTrue(javaArguments(LAUNCHER, Map.of("HOME", home)).startsWith(archive));
    String options = "-Xshare:off";
    assertEquals(
        plain.replace(UTF_8, UTF_8 + options + " "),
        javaArguments(LAUNCHER, Map.of("HOME", home, "TCPLAY_OPTS", options)));
    Files.delete(folder.resolve(OWN_ARCHIVE));
    assertEquals(plain, javaArguments(LAUNCHER, Map.of("HOME", home)));
  }

  @Test
  void theLauncherFindsTheJarByALinkToItself() throws Exception {
    Path program = Files.createDirectory(folder.resolve("a program"));
    Path jar = Files.createFile(program.resolve("tcplay.jar"));
    Path copy = Files.copy(LAUNCHER, program.resolve("tcplay"), StandardCopyOption.COPY_ATTRIBUTES);
    Path link = Files.createSymbolicLink(folder.resolve("a link"), copy);
    Path another = Files.createSymbolicLink(folder.resolve("another"), link.getFileName());
    String expected = UTF_8 + "-jar " + jar.toRealPath() + " --version\n";
    assertEquals(expected, javaArguments(another, Map.of()));
  }

  private static Process launcher(Path archives, Object... arguments) throws IOException {
    return launcher(archives, "C.UTF-8", arguments);
  }

  private static Process launcher(Path archives, String locale, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    Stream.of(arguments).map(String::valueOf).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TCPLAY_ARCHIVES", archives.toString());
    builder.environment().put("LC_ALL", locale);
    return builder.start();
  }

  @Test
  void itsOptionsForTheVirtualMachineAreWordsOfWhichNothingIsMade() throws Exception {
    String options = "-Xmx2g  -Dstar=* -Dhome=$HOME";
    String started = javaArguments(LAUNCHER, Map.of("TCPLAY_OPTS", options));
    String expected = UTF_8 + "-Xmx2g -Dstar=* -Dhome=$HOME -jar ";
    assertTrue(started.startsWith(expected), started);
  }

  @Test
  void itSaysWhatIsMissing() throws Exception {
    Path alone = Files.copy(LAUNCHER, folder.resolve("tcplay"), StandardCopyOption.COPY_ATTRIBUTES);
    ProcessBuilder builder = new ProcessBuilder(alone.toString()).redirectErrorStream(true);
    assertEquals("tcplay: no tcplay.jar in " + folder.toRealPath(), firstWords(builder, ", or"));
    ProcessBuilder homeless = new ProcessBuilder(LAUNCHER.toString()).redirectErrorStream(true);
    homeless.environment().put("JAVA_HOME", folder.toString());
    assertEquals("tcplay: no Java at " + folder + "/bin/java", firstWords(homeless, ": JAVA_HOME"));
  }

  private static String firstWords(ProcessBuilder builder, String end) throws Exception {
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(127, process.waitFor(), out);
    return out.replaceFirst(end + ".*\\n", "");
  }

  /** Whether the locale has only ASCII, or is not installed. */
  @Test
  void namesBeyondAsciiAreReadAndWrittenInEveryLocale() throws Exception {
    Path container = Files.copy(Demo.CONTAINER, folder.resolve("Grüße.hc"));
    List<Object> arguments = new ArrayList<>(List.of(Demo.arguments("get", "poems", folder)));
    arguments.set(arguments.indexOf(Demo.CONTAINER), container);
    Process process = launcher(folder.resolve("archives"), "C", arguments.toArray());
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    assertEquals(
        Files.readString(Demo.TREE.resolve("poems/你好.txt")),
        Files.readString(folder.resolve("poems/你好.txt")));
    Process missing =
        launcher(folder.resolve("archives"), "de_XX.UTF-8", Demo.arguments("cat", "poems/你好.txt"));
    assertEquals(
        Files.readString(Demo.TREE.resolve("poems/你好.txt")),
        new String(missing.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals(0, missing.waitFor());
  }
}
