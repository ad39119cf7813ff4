package dev.tcplay.serve.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.testing.Judge;
import dev.tcplay.testing.TypedVolumes;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

/** A volume of a type in a file, without encryption, that others can check. */
final class PlainVolume implements AutoCloseable {

  final FileSystem fileSystem;
  private final Path image;
  private final String type;

  PlainVolume(Path folder, String type, long bytes) throws IOException {
    this.type = type;
    image = TypedVolumes.image(folder.resolve(type + ".img"), type, bytes);
    fileSystem = FileSystems.newFileSystem(image, Map.of("format", "plain"));
  }

  Path root() {
    return fileSystem.getPath("/");
  }

  @Override
  public void close() throws IOException {
    fileSystem.close();
  }

  /** Closes the volume, in which the judge must find nothing. */
  void closeSound() throws Exception {
    close();
    String judge = type.equals("exFAT") ? "fsck.exfat" : "fsck.fat";
    Judge.Verdict verdict = Judge.run(judge, "-n", image.toString());
    assertEquals(0, verdict.status(), verdict::output);
  }
}
