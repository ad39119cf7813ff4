package dev.tcplay.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    Optional<Path> tool = find(command[0]);
    assumeTrue(tool.isPresent(), () -> "tool not installed: " + command[0]);
    String[] found = command.clone();
    found[0] = tool.orElseThrow().toString();
    ProcessBuilder builder = new ProcessBuilder(found).redirectErrorStream(true);
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

  /**
   * Finds a tool on the path, or in the {@code sbin} beside one of its folders, where Debian keeps
   * the makers of file systems and does not look for them as a user.
   */
  private static Optional<Path> find(String tool) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(Path::of)
        .flatMap(folder -> Stream.of(folder, folder.resolveSibling("sbin")))
        .map(folder -> folder.resolve(tool))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
