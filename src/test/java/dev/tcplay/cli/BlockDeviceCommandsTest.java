package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.Tcplay;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LoopDevice;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** The command takes block devices, and refuses everything else that is no file. */
class BlockDeviceCommandsTest {

  private static final int SIZE = 1 << 20;

  @TempDir private Path folder;
  private Path image;

  @BeforeEach
  void makeImage() throws IOException {
    image = folder.resolve("disk.img");
    Tcplay.create(image).size(SIZE).password("x").pim(1).quick(true).create();
  }

  private static CommandRun.Result run(String command, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(command, "--password", "x", "--pim", 1));
    arguments.addAll(List.of("--hash", "sha512", "--cipher", "aes"));
    arguments.addAll(List.of(more));
    return new CommandRun().run(arguments.toArray());
  }

  private static CommandRun.Result fine(CommandRun.Result result) {
    assertEquals("", result.errBesidesAdvice());
    assertEquals(0, result.status());
    return result;
  }

  @Test
  void aContainerOnADeviceIsUsed() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "on a disk");
    Path volume = folder.resolve("volume.img");
    try (LoopDevice loop = LoopDevice.of(image)) {
      Path device = loop.node();
      assertTrue(fine(run("info", device)).lines().contains("filesystem: FAT12"));
      fine(run("put", device, text, "/"));
      assertEquals(List.of("text"), fine(run("ls", device)).lines());
      assertEquals("on a disk", fine(run("cat", device, "text")).out());
      fine(run("check", "--repair", device));
      fine(run("export", device, volume));
      assertArrayEquals(Files.readAllBytes(volume), fine(run("export", device, "-")).bytes());
      fine(run("format", "--label", "NEW", device));
      assertEquals(List.of("NEW"), fine(run("label", device)).lines());
      fine(run("import", device, volume));
      assertEquals("on a disk", fine(run("cat", device, "text")).out());
      loop.flush();
      assertEquals(0, Judge.run("cmp", device.toString(), image.toString()).status());
    }
    assertEquals("on a disk", fine(run("cat", image, "text")).out());
    assertEquals(0, Judge.run("fsck.fat", "-n", volume.toString()).status());
  }

  @Test
  void aBareFileSystemOnADeviceIsMadeAndJudged() throws Exception {
    Path plain = Files.write(folder.resolve("plain.img"), new byte[2 * SIZE]);
    try (LoopDevice loop = LoopDevice.of(plain)) {
      String device = loop.node().toString();
      fine(new CommandRun().run("format", "--plain", "--label", "BARE", device));
      fine(new CommandRun().run("put", "--plain", device, image, "/"));
      loop.flush();
      Judge.Verdict fsck = Judge.run("fsck.fat", "-n", device);
      assertEquals(0, fsck.status(), fsck.output());
      Judge.Verdict listing = Judge.run("mdir", "-b", "-i", device, "::/");
      assertTrue(listing.output().contains("disk.img"), listing.output());
    }
  }

  @Test
  void aDeviceIsImportedIfItIsAsLargeAsTheVolume() throws Exception {
    Path volume = folder.resolve("volume.img");
    fine(run("export", image, volume));
    byte[] wanted = Files.readAllBytes(volume);
    wanted[700] ^= 1;
    Files.write(volume, wanted);
    try (LoopDevice loop = LoopDevice.of(volume)) {
      fine(run("import", image, loop.node()));
      assertArrayEquals(wanted, fine(run("export", image, "-")).bytes());
    }
    Path longer = Files.write(folder.resolve("longer"), new byte[wanted.length + 512]);
    try (LoopDevice loop = LoopDevice.of(longer)) {
      CommandRun.Result refused = run("import", image, loop.node());
      assertEquals(3, refused.status());
      assertTrue(refused.err().contains("nothing was written"), refused::err);
    }
    assertArrayEquals(wanted, fine(run("export", image, "-")).bytes());
  }

  @Test
  void aContainerIsMadeOnADeviceWithForceOnly() throws Exception {
    Path disk = Files.write(folder.resolve("disk"), new byte[1 << 20]);
    try (LoopDevice loop = LoopDevice.of(disk)) {
      CommandRun.Result refused =
          new CommandRun()
              .prompt(
                  question -> {
                    throw new AssertionError("nobody is asked");
                  })
              .run("create", loop.node());
      assertEquals(3, refused.status());
      assertTrue(refused.err().contains("exists already"), refused::err);
      assertArrayEquals(new byte[1 << 20], Files.readAllBytes(disk));
      String[] keys = {"--password", "of twenty characters", "--pim", "1", "--hash", "sha512"};
      assertEquals(0, all("create", keys, "--force", loop.node()).status());
      loop.flush();
      CommandRun.Result info = all("info", keys, disk);
      assertTrue(info.lines().contains("filesystem: FAT12"), info::out);
    }
  }

  private static CommandRun.Result all(String command, String[] keys, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of((Object[]) keys));
    arguments.addAll(List.of(more));
    return new CommandRun().run(arguments.toArray());
  }

  @Test
  void aReadOnlyDeviceIsNotChanged() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "on a disk");
    try (LoopDevice loop = LoopDevice.of(image)) {
      loop.run("blockdev", "--setro");
      CommandRun.Result refused = run("put", loop.node(), text, "/");
      assertEquals(3, refused.status());
      assertEquals(
          "tcplay: %s: cannot be changed: the device is read-only\n".formatted(loop.node()),
          refused.err());
      fine(run("ls", loop.node()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/null", "/dev/zero", "/dev/tty"})
  void characterDevicesAreRefused(Path device) {
    assumeTrue(Files.exists(device), () -> "no " + device);
    for (String command : new String[] {"info", "check", "format", "ls"}) {
      CommandRun.Result refused = run(command, device);
      assertEquals(1, refused.status(), refused::err);
      assertTrue(
          refused.err().startsWith("tcplay: " + device + ": is a character device"), refused::err);
    }
    CommandRun.Result header = run("info", "--header-file", device, image);
    assertEquals(3, header.status());
    assertTrue(header.err().contains(device + ": is a character device"), header::err);
  }

  /** Windows's volumes are no paths to Java at all. */
  @Test
  void namesOfWindowsAreRefusedWithAWayOut() throws IOException {
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      TypeConversionException e =
          assertThrows(
              TypeConversionException.class, () -> HostPaths.parse("\\\\.\\C:", windows::getPath));
      assertTrue(e.getMessage().startsWith("\\\\.\\C:: is a device of Windows"), e::getMessage);
      TypeConversionException other =
          assertThrows(
              TypeConversionException.class, () -> HostPaths.parse("C:\\a?b", windows::getPath));
      assertTrue(other.getMessage().startsWith("C:\\a?b: "), other::getMessage);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"luks1", "luks2"})
  void aLuksVolumeIsNamed(String type) throws Exception {
    Path luks = Files.write(folder.resolve("luks.img"), new byte[32 << 20]);
    Path password = Files.writeString(folder.resolve("password"), "x");
    Judge.Verdict made =
        Judge.run(
            "cryptsetup",
            "luksFormat",
            "--batch-mode",
            "--type",
            type,
            "--pbkdf",
            "pbkdf2",
            "--pbkdf-force-iterations",
            "1000",
            "--key-file",
            password.toString(),
            luks.toString());
    assumeTrue(made.status() == 0, () -> "cryptsetup makes no LUKS here: " + made.output());
    String name = "a " + type.toUpperCase(Locale.ROOT) + " volume";
    CommandRun.Result refused = run("info", luks);
    assertEquals(1, refused.status());
    assertTrue(
        refused
            .err()
            .contains("looks like " + name + ", which this library does not open: cryptsetup does"),
        refused::err);
    CommandRun.Result plain = new CommandRun().run("info", "--plain", luks);
    assertEquals(0, plain.status());
    assertTrue(
        plain.err().startsWith("tcplay: warning: is " + name + ", so that what is in it"),
        plain::err);
  }
}
