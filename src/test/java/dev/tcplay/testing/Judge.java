package dev.tcplay.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a tool that others wrote (fsck.fat, mtools, sleuthkit) and judges what we wrote. */
public final class Judge {

  /**
   * What a tool said.
   *
   * @param status its exit status
   * @param output its standard output and error, as UTF-8
   */
  public record Verdict(int status, String output) {}

  private Judge() {}

  /** Runs a tool to its end; the test is skipped where the tool is not installed. */
  public static Verdict run(String... command) throws IOException, InterruptedException {
    assumeTrue(isInstalled(command[0]), () -> "tool not installed: " + command[0]);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("MTOOLS_SKIP_CHECK", "1");
    builder.environment().put("TZ", "UTC");
    Path output = Files.createTempFile("judge", ".txt");
    try {
      Process process = builder.redirectOutput(output.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("no answer from " + List.of(command));
      }
      byte[] bytes = Files.readAllBytes(output);
      return new Verdict(process.exitValue(), new String(bytes, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  private static boolean isInstalled(String tool) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Stream.of(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }
}
