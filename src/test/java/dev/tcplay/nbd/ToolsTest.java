package dev.tcplay.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Clients that others wrote, libnbd's and qemu's, use our server. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class ToolsTest {

  private static final int SIZE = 24 << 20;

  /**
   * Mounts a URI at a folder, compares it with an image and writes; nbdfuse ends when unmounted.
   */
  private static final String FUSE =
      """
      nbdfuse "$0/volume.img" "$1" &
      for i in $(seq 100); do
        [ ! -f "$0/volume.img" ] || break
        sleep 0.1
      done
      cmp "$0/volume.img" "$2"
      status=$?
      printf hello | dd of="$0/volume.img" conv=notrunc bs=5 2>&1
      fusermount3 -u "$0"
      wait
      exit $status
      """;

  @TempDir private Path folder;
  private final MemoryDevice memory = new MemoryDevice(SIZE);

  private static String ok(String... command) throws Exception {
    Judge.Verdict verdict = Judge.run(command);
    assertEquals(0, verdict.status(), verdict.output());
    return verdict.output();
  }

  @Test
  void nbdinfoTellsSizeAndFlags() throws Exception {
    try (Served served = new Served(folder, memory, true)) {
      String facts = ok("nbdinfo", served.uri());
      for (String fact :
          new String[] {
            "protocol: newstyle-fixed without TLS, using structured packets",
            "export-size: " + SIZE,
            "is_read_only: false",
            "can_cache: true",
            "can_df: true",
            "can_flush: true",
            "can_fua: true",
            "can_multi_conn: true",
            "can_trim: true",
            "can_zero: true",
            "block_size_minimum: 1",
            "block_size_preferred: 4096",
            "block_size_maximum: 33554432"
          }) {
        assertTrue(facts.contains(fact), () -> fact + " in " + facts);
      }
      assertTrue(ok("nbdinfo", "--list", served.uri()).contains("export=\"vol\""));
    }
  }

  @Test
  void nbdinfoTellsWhatAReadOnlyVolumeRefuses() throws Exception {
    BlockDevice readOnly =
        new DelegatingDevice(memory) {
          @Override
          public boolean isReadOnly() {
            return true;
          }
        };
    try (Served served = new Served(folder, readOnly, true)) {
      String facts = ok("nbdinfo", served.uri());
      assertTrue(facts.contains("is_read_only: true"), facts);
      assertTrue(facts.contains("can_trim: false"), facts);
      assertTrue(facts.contains("can_zero: false"), facts);
      assertNotEquals(0, Judge.run("nbdcopy", image(1).toString(), served.uri()).status());
    }
  }

  private Path image(long seed) throws IOException {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return Files.write(folder.resolve("image" + seed), bytes);
  }

  @Test
  void nbdcopyBringsAnImageThereAndBack() throws Exception {
    Path image = image(Seeds.of("ToolsTest"));
    Path back = folder.resolve("back");
    try (Served served = new Served(folder, memory, false)) {
      ok("nbdcopy", "--flush", image.toString(), served.uri());
      byte[] stored = new byte[SIZE];
      memory.read(0, stored, 0, SIZE);
      assertEquals(-1, Files.mismatch(image, Files.write(folder.resolve("stored"), stored)));
      ok("nbdcopy", served.uri(), back.toString());
      assertEquals(-1, Files.mismatch(image, back));
      // Requests of another size, so that they do not fit our buffers, and no structured replies.
      ok("nbdcopy", "--request-size=1048576", "--connections=4", served.uri(), back.toString());
      assertEquals(-1, Files.mismatch(image, back));
    }
  }

  @Test
  void nbdkitPassesTheVolumeOn() throws Exception {
    Path image = image(4);
    Path back = folder.resolve("back");
    try (Served served = new Served(folder, memory, false)) {
      String copies = "nbdcopy --flush %s \"$uri\" && nbdcopy \"$uri\" %s".formatted(image, back);
      ok("nbdkit", "-U", "-", "nbd", "uri=" + served.uri(), "--run", copies);
      assertEquals(-1, Files.mismatch(image, back));
    }
  }

  @Test
  void qemuImgConvertsAndComparesBothWays() throws Exception {
    Path image = image(2);
    Path back = folder.resolve("back.qcow2");
    try (Served served = new Served(folder, memory, true)) {
      ok("qemu-img", "convert", "-n", "-f", "raw", "-O", "raw", image.toString(), served.uri());
      ok("qemu-img", "convert", "-f", "raw", "-O", "qcow2", served.uri(), back.toString());
      ok("qemu-img", "compare", "-F", "raw", back.toString(), image.toString());
    }
  }

  @Test
  void qemuIoWritesPatternsAndFindsThem() throws Exception {
    try (Served served = new Served(folder, memory, true)) {
      String said =
          ok(
              "qemu-io",
              "-f",
              "raw",
              "-c",
              "write -P 0xa5 0 1M",
              "-c",
              "write -f -P 0x5a 3M 5M",
              "-c",
              "write -P 0x11 1000448 3584",
              "-c",
              "write -z 4M 64k",
              "-c",
              "discard 20M 1M",
              "-c",
              "flush",
              "-c",
              "read -P 0xa5 0 1000448",
              "-c",
              "read -P 0x11 1000448 3584",
              "-c",
              "read -P 0x5a 3M 1M",
              "-c",
              "read -P 0 4M 64k",
              "-c",
              "read -P 0x5a 4259840 3M",
              served.uri());
      assertTrue(!said.contains("failed") && !said.contains("error"), said);
    }
  }

  @Test
  void nbdfuseShowsTheVolumeAsOneFile() throws Exception {
    ok("nbdfuse", "--version");
    assumeTrue(Files.isWritable(Path.of("/dev/fuse")), "FUSE is missing");
    Path image = image(3);
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Path file = mount.resolve("volume.img");
    try (Served served = new Served(folder, memory, false)) {
      ok("nbdcopy", image.toString(), served.uri());
      ok("bash", "-c", FUSE, mount.toString(), served.uri(), image.toString());
      byte[] written = new byte[5];
      memory.read(0, written, 0, 5);
      assertEquals("hello", new String(written, StandardCharsets.US_ASCII));
    }
    assertFalse(Files.exists(file));
  }
}
