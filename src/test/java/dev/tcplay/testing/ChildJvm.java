package dev.tcplay.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs in JVMs of their own, of the JDK that runs the tests. */
public final class ChildJvm {

  private static final int MINUTES = 2;

  private ChildJvm() {}

  /**
   * Runs a program that a test has, with the tests' class path, and returns what it printed.
   *
   * @param options the launcher's
   */
  public static String main(List<String> options, Class<?> program, Object... arguments)
      throws IOException, InterruptedException {
    List<Object> all = new ArrayList<>(options);
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    all.addAll(List.of(arguments));
    return run(Map.of(), all.toArray());
  }

  /** Starts a program that a test has, as {@link #main} does; what it prints goes to a file. */
  public static Process start(
      List<String> options, Path output, Class<?> program, Object... arguments) throws IOException {
    List<Object> all = new ArrayList<>(options);
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    all.addAll(List.of(arguments));
    return start(Map.of(), output, all.toArray());
  }

  private static Process start(Map<String, String> environment, Path output, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().remove("TCPLAY_PASSWORD_FILE");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /**
   * Runs the launcher and returns what it printed on either stream; fails if it does not exit with
   * 0.
   *
   * @param environment variables beside those of this process
   */
  public static String run(Map<String, String> environment, Object... arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("child", ".txt");
    try {
      Process process = start(environment, output, arguments);
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly();
      String text = Files.readString(output);
      assertEquals(true, ended, () -> "no end of it: " + text);
      assertEquals(0, process.exitValue(), text);
      return text;
    } finally {
      Files.delete(output);
    }
  }

  /** Returns the jar of Bouncy Castle. */
  public static Path bouncyCastle() throws Exception {
    return Path.of(
        Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider")
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toURI());
  }
}
