package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code header key}, and what its file opens. */
class HeaderKeyCommandTest extends ChangedContainer {

  private CommandRun.Result header(Object... options) {
    List<Object> all = new ArrayList<>(List.of("header", "key", "--password", PASSWORD));
    all.addAll(List.of("--pim", 1, "--hash", "sha512", "--cipher", "aes"));
    all.addAll(List.of(options));
    all.add(container);
    return new CommandRun().run(all.toArray());
  }

  private CommandRun.Result byKey(String command, Path key, Object... more) {
    List<Object> all = new ArrayList<>(List.of(command, "--volume-key-file", key));
    all.addAll(List.of("--cipher", "aes", container));
    all.addAll(List.of(more));
    return new CommandRun().run(all.toArray());
  }

  private static void assertFine(CommandRun.Result result) {
    assertEquals("", result.errBesidesAdvice());
    assertEquals(0, result.status());
  }

  private static void assertFails(int status, String message, CommandRun.Result result) {
    assertEquals(status, result.status(), result::err);
    assertEquals(1, result.err().lines().count(), result::err);
    assertTrue(result.err().contains(message), result::err);
  }

  private Path exportKey() {
    Path key = folder.resolve("key");
    assertFine(header("--to", key));
    return key;
  }

  private static String shown(CommandRun.Result result) {
    assertFine(result);
    return result.lines().stream()
        .filter(line -> line.startsWith("master-key: "))
        .findFirst()
        .orElseThrow()
        .substring("master-key: ".length());
  }

  @Test
  void theKeyIsTheOneThatCryptsetupDumps() throws Exception {
    assertEquals(0, Judge.run("cryptsetup", "--version").status());
    String command =
        "printf %s | cryptsetup tcryptDump --veracrypt --veracrypt-pim 1 --hash sha512 --cipher aes"
                .formatted(PASSWORD)
            + " --dump-volume-key --batch-mode "
            + container;
    Judge.Verdict dump = Judge.run("sh", "-c", "PATH=$PATH:/usr/sbin:/sbin; " + command);
    assertEquals(0, dump.status(), dump.output());
    String hex = dump.output().replaceFirst("(?s).*MK dump:", "").replaceAll("\\s", "");
    CommandRun.Result show = header("--show");
    assertEquals(hex, shown(show));
    assertTrue(
        show.lines()
            .containsAll(
                List.of("cipher: AES", "mode: xts", "data-offset: 131072", "key-bits: 512")),
        show::out);
  }

  @Test
  void theFileIsItsOwnersAloneAndHoldsWhatIsShown() throws IOException {
    Path key = exportKey();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    byte[] bytes = Files.readAllBytes(key);
    assertEquals(HexFormat.of().formatHex(bytes), shown(header("--show")));
    assertFails(3, "exists already", header("--to", key));
    assertFine(header("--to", key, "--force"));
    assertArrayEquals(bytes, Files.readAllBytes(key));
    assertFails(3, "is the container", header("--to", container, "--force"));
  }

  @Test
  void withoutAnOptionNothingIsShownOrAskedFor() {
    CommandRun run =
        new CommandRun()
            .prompt(
                question -> {
                  throw new AssertionError("asked for a password");
                });
    CommandRun.Result refused = run.run("header", "key", container);
    assertFails(2, "--show prints it", refused);
    assertEquals("", refused.out());
    assertFails(
        1,
        "new.hc",
        run.run("header", "key", "--show", "--password", "y", "--hash", "sha512", container));
  }

  @Test
  void aContainerWithoutHeadersOpensByItsKeyAndIsWritten() throws Exception {
    Path letter = Files.writeString(folder.resolve("letter"), "Dear Ada");
    fine("put", letter, "/");
    Path key = exportKey();
    byte[] bytes = Files.readAllBytes(container);
    Arrays.fill(bytes, 0, 131_072, (byte) 0x5A);
    Arrays.fill(bytes, bytes.length - 131_072, bytes.length, (byte) 0xA5);
    Files.write(container, bytes);
    assertEquals(1, run("info").status());
    assertEquals("Dear Ada", byKey("cat", key, "letter").out());
    assertFine(byKey("mkdir", key, "made"));
    assertTrue(byKey("ls", key).lines().containsAll(List.of("letter", "made/")));
    CommandRun.Result info = byKey("info", key);
    assertTrue(info.lines().containsAll(List.of("prf: none", "filesystem: FAT12")), info::out);
    assertTrue(info.err().contains("opened by a master key"), info::err);
    assertFails(2, "nothing would be verified", byKey("verify", key));
  }

  @Test
  void theKeyStaysWhenThePasswordChanges() {
    String before = shown(header("--show"));
    fine("passwd", "--new-pim=1", "--new-password=" + PASSWORD);
    assertEquals(before, shown(header("--show")));
  }

  @Test
  void aKeyFileOfTheWrongLengthAndAPlaceOutsideAreRefused() throws IOException {
    Path key = exportKey();
    Path other = Files.write(folder.resolve("other"), new byte[63]);
    assertFails(3, "a master key of AES in XTS has 64 bytes; this file has 63", byKey("ls", other));
    Files.write(other, new byte[65]);
    assertFails(3, "this file has more", byKey("ls", other));
    assertFails(2, "multiples of 512", byKey("ls", key, "--volume-offset", 100));
    assertFails(2, "inside the", byKey("ls", key, "--volume-offset", "1G"));
    assertFails(2, "inside the", byKey("ls", key, "--volume-size", "1G"));
    assertFails(
        2, "goes with the cipher", new CommandRun().run("ls", "--volume-key-file", key, container));
  }

  @Test
  void aWrongKeyShowsNoFileSystemAndIsNoPassword() throws IOException {
    Path wrong = Files.write(folder.resolve("wrong"), HexFormat.of().parseHex("0102".repeat(32)));
    CommandRun.Result listed = byKey("ls", wrong);
    assertEquals(List.of("volume.img"), listed.lines());
    assertFalse(listed.err().isEmpty());
  }

  @Test
  void theLibraryHandsAKeyOutAndWipesIt() throws IOException {
    List<byte[]> kept = new ArrayList<>();
    byte[][] copy = new byte[1][];
    var headers = Tcplay.headers(container).password(PASSWORD).pim(1).hash("sha512");
    headers.useKey(
        (volume, key) -> {
          assertEquals(131_072, volume.dataOffset());
          copy[0] = key.clone();
          kept.add(key);
        });
    assertArrayEquals(new byte[64], kept.get(0));
    Path file = folder.resolve("key");
    headers.exportKey(file);
    assertArrayEquals(copy[0], Files.readAllBytes(file));
    Files.write(container, new byte[512], StandardOpenOption.WRITE);
    try (var volume = Tcplay.open(container).volumeKeyFile(file).cipher("AES").open()) {
      assertEquals("none", volume.info().encryption().orElseThrow().prf());
    }
  }
}
