package dev.tcplay.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A Linux in a virtual machine, as a judge of images; started anew for each script. */
public final class LinuxMachine {

  private final Path tool;
  private final String engine;

  private LinuxMachine(Path tool, String engine) {
    this.tool = tool;
    this.engine = engine;
  }

  /**
   * Returns the machine; without one that starts here the test is skipped. A User-Mode Linux of 6.1
   * does not start on processors whose registers it does not know, such as those with AMX.
   */
  public static LinuxMachine require(Path folder) throws IOException, InterruptedException {
    return require(folder, "uml");
  }

  /** As {@link #require(Path)}, of another engine: {@code qemu} knows exFAT, and takes longer. */
  public static LinuxMachine require(Path folder, String engine)
      throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("tcplay.machine", "../shared/tools/vm-oracle.sh"));
    assumeTrue(Files.isReadable(tool), () -> "virtual machine missing: " + tool);
    Judge.Verdict built = Judge.run("bash", tool.toString(), "build", "--engine", engine);
    assumeTrue(built.status() == 0, () -> "virtual machine cannot be built: " + built.output());
    LinuxMachine machine = new LinuxMachine(tool, engine);
    Judge.Verdict started = machine.start("-", Files.writeString(folder.resolve("true"), "true"));
    assumeTrue(
        started.status() == 0, () -> "virtual machine does not start here: " + started.output());
    return machine;
  }

  /** Runs a shell script that sees the images, in their order, as {@code /dev/vda} and so on. */
  public Judge.Verdict run(List<Path> images, Path script)
      throws IOException, InterruptedException {
    return start(images.stream().map(Path::toString).collect(Collectors.joining(",")), script);
  }

  private Judge.Verdict start(String images, Path script) throws IOException, InterruptedException {
    return Judge.run("bash", tool.toString(), "run", "--engine", engine, images, script.toString());
  }
}
