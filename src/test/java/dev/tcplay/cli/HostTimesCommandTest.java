package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import dev.tcplay.model.VolumeChannel;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The times of the container's file, which the command keeps and the library on request. */
class HostTimesCommandTest extends ChangedContainer {

  private static final String KEPT =
      "2002-03-04 05:06:07.123456789 +0000 2001-02-03 04:05:06.987654321 +0000";

  private Path letter;

  @BeforeEach
  void age() throws IOException {
    letter = Files.writeString(folder.resolve("letter"), "Dear Ada");
    age(container);
  }

  private static void age(Path container) throws IOException {
    Files.getFileAttributeView(container, BasicFileAttributeView.class)
        .setTimes(
            FileTime.from(Instant.parse("2002-03-04T05:06:07.123456789Z")),
            FileTime.from(Instant.parse("2001-02-03T04:05:06.987654321Z")),
            null);
  }

  private void assertKept() throws Exception {
    assertEquals(KEPT, stat());
  }

  private String stat() throws Exception {
    return Judge.run("stat", "-c", "%y %x", container.toString()).output().strip();
  }

  private void header(String subcommand, Object... more) {
    List<Object> all = new ArrayList<>(List.of("header", subcommand, "--password", PASSWORD));
    all.addAll(List.of("--pim", 1, "--hash", "sha512", container));
    all.addAll(List.of(more));
    CommandRun.Result result = new CommandRun().run(all.toArray());
    assertEquals(0, result.status(), result::err);
  }

  private Keys keys() {
    return Keys.builder().password(PASSWORD).pim(1).hash("sha512").build();
  }

  @Test
  void everyCommandKeepsThem() throws Exception {
    assertKept();
    fine("put", letter, "/");
    assertKept();
    fine("get", "letter", Files.createDirectory(folder.resolve("out")));
    fine("info");
    fine("verify");
    fine("check", "--repair");
    assertKept();
  }

  @Test
  void headersAndKeysAreChangedWithoutATrace() throws Exception {
    fine("passwd", "--new-password=" + PASSWORD);
    assertKept();
    header("info");
    header("backup", folder.resolve("headers"));
    header("restore");
    assertKept();
    fine("format");
    fine("export", image);
    fine("import", image);
    assertKept();
  }

  @Test
  void aWrongPasswordLeavesNoTrace() throws Exception {
    assertEquals(1, run("info", "--hidden").status());
    assertKept();
  }

  @Test
  void aVolumeWhoseClosingFailsKeepsThem() throws Exception {
    Path genuine =
        GenuineImages.folder("veracrypt").resolve("aes-twofish-serpent-sha512-hidden.hc");
    Files.delete(container);
    Files.copy(genuine, container);
    byte[] before = Files.readAllBytes(container);
    byte[] large = new byte[before.length / 5 * 4];
    new Random(1).nextBytes(large);
    Files.write(letter, large);
    age(container);
    List<Object> put = new ArrayList<>(List.of("put", "--pim", 1, "--hash", "sha512"));
    put.addAll(List.of("--password", "outer horse battery staple", "--protect-hidden"));
    put.addAll(List.of("--hidden-password", "hidden horse battery staple", "--hidden-pim", 1));
    put.addAll(List.of("--hidden-hash", "whirlpool", container, letter, "/"));
    CommandRun.Result refused = new CommandRun().run(put.toArray());
    assertEquals(3, refused.status(), refused::err);
    assertKept();
    assertFalse(Arrays.equals(before, Files.readAllBytes(container)), "nothing was written");
  }

  @Test
  void touchHostLetsThemTell() throws Exception {
    fine("put", "--touch-host", letter, "/");
    assertNotEquals(KEPT, stat());
  }

  @Test
  void theLibraryKeepsThemOnRequest() throws Exception {
    try (Keys keys = keys()) {
      try (FileSystem volume = Tcplay.open(container).keys(keys).keepHostTimes(true).mount()) {
        Files.copy(letter, volume.getPath("/letter"));
      }
      assertKept();
      try (VolumeChannel volume =
          Tcplay.open(container)
              .keys(keys)
              .keepHostTimes(true)
              .channel(StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        volume.position(100_000).write(ByteBuffer.allocate(512));
        volume.force();
      }
      assertKept();
      try (FileSystem volume =
          Tcplay.open(container).keys(keys).keepHostTimes(true).overlayInMemory().mount()) {
        Files.delete(volume.getPath("/letter"));
      }
      assertKept();
      Tcplay.change(container).from(keys).to(keys).keepHostTimes(true).change();
      Tcplay.headers(container).keys(keys).keepHostTimes(true).restore();
      assertKept();
      try (FileSystem volume = Tcplay.open(container).keys(keys).mount()) {
        Files.delete(volume.getPath("/letter"));
      }
      assertNotEquals(KEPT, stat());
    }
  }
}
