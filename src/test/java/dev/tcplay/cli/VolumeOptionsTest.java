package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import dev.tcplay.volume.ModifiedHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options that say where a volume lies, what it is and how it is read. */
class VolumeOptionsTest {

  private static final int HEADERS = 128 << 10;
  private static final int OFFSET = 1 << 20;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void makeContainer() throws IOException {
    file = folder.resolve("new.hc");
    Tcplay.create(file).size(300 << 10).password("x").pim(1).quick(true).create();
  }

  private CommandRun.Result run(String command, Object... more) {
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
  void offsetIsWhereTheContainerStarts() throws IOException {
    byte[] container = Files.readAllBytes(file);
    byte[] disk = new byte[OFFSET + container.length + 77_777];
    Arrays.fill(disk, (byte) 0x5A);
    System.arraycopy(container, 0, disk, OFFSET, container.length);
    Path image = Files.write(folder.resolve("disk.img"), disk);
    Path text = Files.writeString(folder.resolve("text"), "behind other data");
    assertEquals(1, run("info", image).status());
    fine(run("put", "--offset", "1M", image, text, "/"));
    assertEquals(
        "behind other data",
        fine(run("cat", "--offset", String.valueOf(OFFSET), image, "text")).out());
    byte[] after = Files.readAllBytes(image);
    assertArrayEquals(Arrays.copyOf(disk, OFFSET), Arrays.copyOf(after, OFFSET));
    assertEquals(disk.length, after.length);
  }

  @Test
  void offsetHoldsForPlainImagesToo() throws IOException {
    Path image = folder.resolve("volume.img");
    fine(run("export", file, image));
    byte[] volume = Files.readAllBytes(image);
    byte[] disk = new byte[4096 + volume.length];
    System.arraycopy(volume, 0, disk, 4096, volume.length);
    Files.write(image, disk);
    CommandRun.Result info =
        fine(new CommandRun().run("info", "--format", "Plain", "--offset", "4K", image));
    assertTrue(info.lines().contains("filesystem: FAT12"), info::out);
  }

  @Test
  void headerFileStandsForAHeaderThatIsLost() throws IOException {
    byte[] container = Files.readAllBytes(file);
    Path header = Files.write(folder.resolve("header"), Arrays.copyOf(container, HEADERS));
    Arrays.fill(container, 0, HEADERS, (byte) 7);
    Files.write(file, container);
    assertEquals(1, run("info", "--no-backup-header", file).status());
    CommandRun.Result backup = run("info", file);
    assertEquals(0, backup.status());
    assertTrue(
        backup.err().startsWith("tcplay: warning: opened by its backup header"), backup::err);
    assertEquals(backup.out(), fine(run("info", "--backup-header", file)).out());
    CommandRun.Result info = fine(run("info", "--header-file", header, file));
    assertTrue(info.lines().contains("filesystem: FAT12"), info::out);
  }

  @Test
  void formatIsWhatIsMadeAndWhatIsTried() {
    Path old = folder.resolve("old.tc");
    fine(
        new CommandRun()
            .run(
                "create",
                "--password",
                "a password of twenty characters",
                "--format",
                "truecrypt",
                "--hash",
                "sha512",
                "--size",
                "300K",
                old));
    List<Object> info =
        List.of(
            "info",
            "--password",
            "a password of twenty characters",
            "--hash",
            "sha512",
            "--cipher",
            "aes",
            "--format");
    List<Object> right = new ArrayList<>(info);
    right.addAll(List.of("TrueCrypt", old));
    CommandRun.Result facts = fine(new CommandRun().run(right.toArray()));
    assertTrue(facts.lines().contains("format: TrueCrypt"), facts::out);
    List<Object> wrong = new ArrayList<>(info);
    wrong.addAll(List.of("VeraCrypt", "--pim", 1, old));
    assertEquals(1, new CommandRun().run(wrong.toArray()).status());
  }

  @Test
  void timesAreLocalInTheZoneThatIsNamed() {
    fine(run("touch", "--zone", "UTC", "--time", "2024-05-06T07:08:10Z", file, "a"));
    String utc = fine(run("ls", "-l", "--zone", "UTC", file)).out();
    assertTrue(utc.contains(" 2024-05-06T07:08:10Z a"), utc);
    String east = fine(run("ls", "-l", "--zone", "+02:00", file)).out();
    assertTrue(east.contains(" 2024-05-06T05:08:10Z a"), east);
  }

  @Test
  void shortNamesAndLabelsAreReadByTheCodePageThatIsNamed() throws IOException {
    fine(run("label", file, "LXB"));
    fine(run("touch", file, "AXB"));
    Path image = folder.resolve("volume.img");
    fine(run("export", file, image));
    // 0xD5 is another character in every set.
    String bytes = new String(Files.readAllBytes(image), StandardCharsets.ISO_8859_1);
    String changed =
        bytes.replace("AXB     ", "A\u00D5B     ").replace("LXB     ", "L\u00D5B     ");
    Files.write(image, changed.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals("A\u2552B", plain("ls", image).strip());
    assertEquals("A\u0131B", plain("ls", "--code-page", "ibm850", image).strip());
    assertTrue(plain("info", "--code-page", "IBM850", image).contains("label: L\u0131B"));
    assertTrue(plain("label", "--code-page", "IBM850", image).contains("L\u0131B"));
  }

  private static String plain(String command, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(command, "--plain"));
    arguments.addAll(List.of(more));
    return fine(new CommandRun().run(arguments.toArray())).out();
  }

  @Test
  void aHeaderWithAWrongCrcOpensAsALastResort() throws Exception {
    byte[] image = Files.readAllBytes(file);
    try (Keys keys = Keys.builder().password("x").pim(1).hash("sha512").cipher("AES").build()) {
      Files.write(file, ModifiedHeader.asTcplayDoes(image, keys));
    }
    CommandRun.Result refused = run("ls", "--no-backup-header", file);
    assertEquals(3, refused.status());
    assertTrue(refused.err().contains("--ignore-header-crc)"), refused::err);
    CommandRun.Result info = run("info", "--ignore-header-crc", file);
    assertEquals(0, info.status());
    assertTrue(info.lines().contains("filesystem: FAT12"), info::out);
    assertTrue(
        info.err().startsWith("tcplay: warning: the CRC over the fields of the normal header"),
        info::err);
    Path text = Files.writeString(folder.resolve("text"), "a text");
    CommandRun.Result put = run("put", "--ignore-header-crc", file, text, "/");
    assertEquals(3, put.status());
    assertTrue(put.err().contains("cannot be changed: the CRC over the fields"), put::err);
    fine(run("ls", "--backup-header", file));
  }

  @Test
  void aTypedPasswordIsTriedInASecondEncoding() throws IOException {
    Path old = folder.resolve("old.hc");
    byte[] password = "gr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1);
    Tcplay.create(old).size(300 << 10).password(password).pim(1).quick(true).create();
    List<Object> options = List.of("--pim", 1, "--hash", "sha512", "--cipher", "aes", old);
    CommandRun person = new CommandRun().prompt(question -> "gr\u00fc\u00dfe".toCharArray());
    List<Object> arguments = new ArrayList<>(List.of("info"));
    arguments.addAll(options);
    assertEquals(1, person.run(arguments.toArray()).status());
    arguments = new ArrayList<>(List.of("info", "--password-encoding", "latin1"));
    arguments.addAll(options);
    CommandRun.Result opened = person.run(arguments.toArray());
    assertEquals(0, opened.status());
    assertEquals(
        "tcplay: warning: opened by the password in ISO-8859-1, not in UTF-8\n", opened.err());
    assertEquals(2, run("info", "--password-encoding", "UTF-16", old).status());
    assertEquals(2, run("info", "--password-encoding", "none", old).status());
  }
}
