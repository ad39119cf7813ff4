package dev.tcplay.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file as a block device of Linux, which only root can make of it. */
public final class LoopDevice implements AutoCloseable {

  private final Path node;

  private LoopDevice(Path node) {
    this.node = node;
  }

  /** Makes a device of a file; the test is skipped where that is not possible. */
  public static LoopDevice of(Path image, String... options)
      throws IOException, InterruptedException {
    assumeTrue(
        Files.isWritable(Path.of("/dev/loop-control")), "loop devices are there for root only");
    List<String> command = new ArrayList<>(List.of("losetup", "--find", "--show"));
    command.addAll(List.of(options));
    command.add(image.toString());
    Judge.Verdict made = Judge.run(command.toArray(String[]::new));
    assumeTrue(made.status() == 0, () -> "no loop device: " + made.output());
    List<String> lines = made.output().lines().toList();
    return new LoopDevice(Path.of(lines.get(lines.size() - 1)));
  }

  /** Returns the path of the device. */
  public Path node() {
    return node;
  }

  /** Runs a tool on the device, which must not fail. */
  public void run(String tool, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(tool));
    command.addAll(List.of(options));
    command.add(node.toString());
    Judge.Verdict verdict = Judge.run(command.toArray(String[]::new));
    assertEquals(0, verdict.status(), verdict.output());
  }

  /** Has the kernel write all to the file, and forget what it knows of it. */
  public void flush() throws IOException, InterruptedException {
    run("blockdev", "--flushbufs");
  }

  /** The next file behind the same number would be read-only, too, if this one was. */
  @Override
  public void close() throws IOException {
    try {
      run("blockdev", "--setrw");
      run("losetup", "--detach");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted; the device stays", e);
    }
  }
}
