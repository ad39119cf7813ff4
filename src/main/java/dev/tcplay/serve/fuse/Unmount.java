package dev.tcplay.serve.fuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes mounts away by the system's own tools, of which fusermount3 needs no rights: libfuse would
 * do so in a way that cuts off who has files open.
 */
final class Unmount {

  private static final int SECONDS = 20;

  private Unmount() {}

  /**
   * Unmounts.
   *
   * @param lazily whether it is to vanish at once, and end when nobody uses it any more
   * @throws MountBusyException if somebody uses it
   * @throws IOException if the tools refuse, or there are none
   */
  static void of(Path mountPoint, boolean lazily) throws IOException {
    List<String> refusals = new ArrayList<>();
    for (List<String> tool :
        List.of(
            lazily ? List.of("fusermount3", "-u", "-z") : List.of("fusermount3", "-u"),
            lazily ? List.of("umount", "-l") : List.of("umount"))) {
      List<String> command = new ArrayList<>(tool);
      command.add(mountPoint.toString());
      String refusal = run(command);
      if (refusal.isEmpty() || (Host.isLinux() && MountTable.at(mountPoint).isEmpty())) {
        return;
      }
      if (refusal.contains("busy")) {
        throw new MountBusyException(mountPoint, MountUsers.of(mountPoint));
      }
      refusals.add(refusal);
    }
    throw new FileSystemException(
        mountPoint.toString(), null, "cannot be unmounted: " + String.join("; ", refusals));
  }

  /** Runs a tool and returns what it said if it failed, never empty then. */
  private static String run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return "there is no " + command.get(0);
    }
    process.getOutputStream().close();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return command.get(0) + " does not end";
      }
      // It says a line at most, which fits into the pipe.
      byte[] said = process.getInputStream().readAllBytes();
      return process.exitValue() == 0
          ? ""
          : command.get(0) + " says: " + new String(said, StandardCharsets.UTF_8).strip();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + mountPointOf(command) + " is unmounted", e);
    }
  }

  private static String mountPointOf(List<String> command) {
    return command.get(command.size() - 1);
  }
}
