package dev.tcplay.serve.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.testing.Judge;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The volume in a container of a test, for those who judge volumes. */
final class Plaintext {

  private Plaintext() {}

  static void make(Path container, String type, long bytes) throws Exception {
    Tcplay.create(container).size(bytes).type(type).password("x").pim(1).quick(true).create();
  }

  /** Lets fsck.fat or fsck.exfat find nothing. */
  static void check(Path container, String type, Path image) throws Exception {
    try (OpenContainer open =
            Tcplay.open(container).password("x").pim(1).hash("sha512").readOnly(true).open();
        OutputStream out = Files.newOutputStream(image)) {
      BlockDevice device = open.device();
      byte[] buffer = new byte[1 << 20];
      for (long position = 0; position < device.size(); position += buffer.length) {
        int length = (int) Math.min(buffer.length, device.size() - position);
        device.read(position, buffer, 0, length);
        out.write(buffer, 0, length);
      }
    }
    Judge.Verdict verdict = Judge.run("fsck." + type, "-n", image.toString());
    assertEquals(0, verdict.status(), verdict::output);
    Files.delete(image);
  }
}
