package dev.tcplay.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Programs that tests make. */
public final class Script {

  private Script() {}

  /**
   * Writes a script that can be run. Another process does, since a process that another test starts
   * meanwhile would have a file of ours open for writing for a moment, and so keep it from being
   * run.
   */
  public static Path write(Path file, String text) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder("sh", "-c", "cat >\"$1\"", "sh", file.toString())
            .inheritIO()
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (OutputStream to = writer.getOutputStream()) {
      to.write(text.getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(0, writer.waitFor());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }
}
