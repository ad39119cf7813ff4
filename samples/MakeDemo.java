import dev.tcplay.volume.VolumeBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes samples/demo.hc anew, from samples/tree and samples/demo.password, with mtools for the file
 * system:
 *
 * <pre>java --class-path target/tcplay.jar samples/MakeDemo.java samples OUT</pre>
 *
 * Every container has keys and salts of its own; what is inside is the same each time, but for the
 * times.
 */
final class MakeDemo {

  /** The largest volume in a container of 300 KiB, headers and their backups taken off. */
  private static final int SECTORS = 88;

  private MakeDemo() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path samples = Path.of(arguments[0]);
    Path target = Path.of(arguments[1]);
    Path image = Files.createTempFile("demo", ".img");
    try {
      Files.write(image, new byte[SECTORS * 512]);
      mtool(
          image, "mformat", "-t", SECTORS + "", "-h", "1", "-s", "1", "-c", "1", "-r", "2", "-L",
          "1", "-N", "7C9A1D0E", "-v", "DEMO", "::");
      try (Stream<Path> tops = Files.list(samples.resolve("tree"))) {
        for (Path top : tops.sorted().toList()) {
          mtool(image, "mcopy", "-s", top.toString(), "::");
        }
      }
      byte[] password = Files.readString(samples.resolve("demo.password")).strip().getBytes(StandardCharsets.UTF_8);
      new VolumeBuilder().password(password).pim(1).contents(image).create(target);
    } finally {
      Files.delete(image);
    }
  }

  private static void mtool(Path image, String tool, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(tool, "-i", image.toString()), Stream.of(arguments)).toList();
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("failed: " + command);
    }
  }
}
