package dev.tcplay.serve.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.testing.Judge;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link MountProgram} in a Java that can mount, out of the command's jar. */
final class MountProcess {

  private static final int OLDEST_JAVA = 22;

  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;

  private MountProcess(Process process) {
    this.process = process;
    this.to = process.outputWriter(StandardCharsets.UTF_8);
    this.from = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts one; the test is skipped where this machine has no Java or no FUSE for it. */
  static MountProcess start(List<String> prefix, String... options) throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/fuse")), "no /dev/fuse");
    Path java = java();
    String jar = System.getProperty("tcplay.command", "");
    assumeTrue(
        Files.exists(Path.of("target/classes/META-INF/versions/22/dev/tcplay/serve/fuse/jfuse")),
        "the build has found no JDK 22 or later");
    List<String> command = new ArrayList<>(prefix);
    command.add(java.toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx1g"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", "target/test-classes:" + jar, MountProgram.class.getName()));
    return new MountProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private static Path java() {
    if (Runtime.version().feature() >= OLDEST_JAVA) {
      return Path.of(System.getProperty("java.home"), "bin", "java");
    }
    String compiler = System.getProperty("tcplay.java22", "");
    Path found = Path.of(compiler).resolveSibling("java");
    assumeTrue(
        !compiler.isEmpty() && !compiler.contains("$") && Files.isExecutable(found),
        "no Java 22 or later");
    return found;
  }

  /** Says a line and returns the answer. */
  String say(Object... words) throws IOException {
    List<String> line = new ArrayList<>();
    for (Object word : words) {
      line.add(word.toString());
    }
    to.write(String.join(" ", line));
    to.newLine();
    to.flush();
    return String.valueOf(from.readLine());
  }

  void mount(Path container, Path directory) throws IOException {
    assertEquals("mounted " + directory, say("mount", container, directory));
  }

  void mountTree(Path tree, Path directory) throws IOException {
    assertEquals("mounted " + directory, say("tree", tree, directory));
  }

  /** Has it do nothing until it is to go on. */
  void pause(boolean pause) throws IOException, InterruptedException {
    Judge.Verdict verdict =
        Judge.run("sh", "-c", "kill -" + (pause ? "STOP " : "CONT ") + process.pid());
    assertEquals(0, verdict.status(), verdict::output);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
  }

  /** Ends it, which closes all. */
  void end() throws IOException, InterruptedException {
    to.close();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue());
  }
}
