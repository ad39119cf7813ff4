package dev.tcplay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other keys for genuine containers whose header has no backup. */
class ContainerSingleHeaderTest {

  @TempDir private Path folder;

  /**
   * A copy of a genuine container.
   *
   * @param file the copy
   * @param row what is known of it
   */
  private record Genuine(Path file, Map<String, String> row) {

    Keys keys(String password) {
      Keys.Builder keys = Keys.builder().password(password).hash(row.get("prf"));
      return keys.cipher(row.get("cipher")).build();
    }

    Keys old() {
      return keys(row.get("password"));
    }

    <S extends ExistingSettings<S>> S set(S settings) {
      String kind = row.get("kind");
      return kind.equals("system") ? settings.system(true) : settings.hidden(kind.equals("hidden"));
    }

    byte[] data(Keys keys) throws IOException {
      ContainerOpener opener = set(Tcplay.open(file)).keys(keys).readOnly(true);
      try (OpenContainer opened = opener.open()) {
        byte[] bytes = new byte[(int) Math.min(opened.device().size(), 1 << 16)];
        opened.device().read(0, bytes, 0, bytes.length);
        return bytes;
      }
    }

    ContainerKeyChange change(String password) {
      return set(Tcplay.change(file)).from(old()).to(Keys.of(password));
    }

    ContainerHeaders headers(Keys keys) {
      return set(Tcplay.headers(file)).keys(keys);
    }

    int place() {
      return Integer.decode(row.get("hdr_offset"));
    }
  }

  private Genuine genuine(String image, String kind) throws IOException {
    Map<String, String> row =
        GenuineImages.table(GenuineImages.folder("truecrypt").resolve("images.tsv")).stream()
            .filter(line -> line.get("image").equals(image) && line.get("kind").equals(kind))
            .findFirst()
            .orElseThrow();
    Path copy = folder.resolve("genuine");
    Files.copy(GenuineImages.folder("truecrypt").resolve(image), copy);
    return new Genuine(copy, row);
  }

  @ParameterizedTest
  @CsvSource({
    "tc_1-sha1-cbc-aes, normal, 1024",
    "tc_1-sha1-cbc-des3_ede, normal, 1024",
    "tc_2-ripemd160-cbc-aes-hidden, normal, 1024",
    "tc_2-ripemd160-cbc-aes-hidden, hidden, 1024",
    "tc_2-ripemd160-lrw-aes-hidden, hidden, 1024",
    "tc_2-ripemd160-lrw-serpent-twofish-aes, normal, 1024",
    "tc_3-sha512-xts-aes-hidden, normal, 1024",
    "tc_3-sha512-xts-aes-hidden, hidden, 1024",
    "sys_vc_1_mbr_full-sha256-xts-aes, system, 512",
    "sys_vc_1_gpt_part-sha512-xts-aes, system, 512"
  })
  void genuineContainersAreChangedAndRestored(String image, String kind, int bytes)
      throws IOException {
    Genuine genuine = genuine(image, kind);
    byte[] before = Files.readAllBytes(genuine.file());
    byte[] data = genuine.data(genuine.old());
    Path copy = folder.resolve("copy");
    FileSystemException refused =
        assertThrows(FileSystemException.class, () -> genuine.change("new").change());
    assertTrue(refused.getReason().contains("headerBackup"), refused::getReason);
    genuine.change("new").headerBackup(copy).change();
    assertEquals(bytes, Files.size(copy));
    assertArrayEquals(data, genuine.data(genuine.keys("new")));
    assertThrows(WrongPasswordException.class, () -> genuine.data(genuine.old()));
    byte[] after = Files.readAllBytes(genuine.file());
    System.arraycopy(before, genuine.place(), after, genuine.place(), 512);
    assertArrayEquals(before, after, "only the header has changed");
    genuine.headers(genuine.old()).headerFile(copy).restore(true);
    assertArrayEquals(data, genuine.data(genuine.old()));
    HeaderInfo info = genuine.headers(genuine.old()).info();
    assertEquals(HeaderInfo.Copy.OPENED, info.header());
    assertEquals(HeaderInfo.Copy.NONE, info.backup());
    assertEquals(Integer.parseInt(genuine.row().get("hdr_version")), info.version());
  }

  @Test
  void newKeysAreNotAskedForWithoutACopy() throws IOException {
    Genuine genuine = genuine("tc_3-sha512-xts-aes", "normal");
    ContainerKeyChange change =
        genuine
            .change("new")
            .to(
                path -> {
                  throw new AssertionError("asked");
                });
    assertThrows(FileSystemException.class, change::change);
  }

  /** What is in clear on the disk tells nothing of the header. */
  @Test
  void theHeaderOfAnotherDriveIsRestoredByForceOnly() throws IOException {
    Genuine drive = genuine("sys_vc_1_mbr_full-sha256-xts-aes", "system");
    Path copy = folder.resolve("copy");
    drive.headers(drive.old()).backUp(copy);
    drive.headers(drive.old()).headerFile(copy).restore();
    byte[] disk = Files.readAllBytes(drive.file());
    Arrays.fill(disk, 1 << 20, (1 << 20) + 4096, (byte) 0x77);
    Files.write(drive.file(), disk);
    FileSystemException refused =
        assertThrows(
            FileSystemException.class, () -> drive.headers(drive.old()).headerFile(copy).restore());
    assertTrue(refused.getReason().contains("nothing is recognised"), refused::getReason);
    assertArrayEquals(disk, Files.readAllBytes(drive.file()));
    drive.headers(drive.old()).headerFile(copy).restore(true);
    assertFalse(Arrays.equals(disk, Files.readAllBytes(drive.file())));
  }

  @Test
  void ofASystemDriveTheHeaderIsThatOfTheDisk() throws IOException {
    Path file = Files.write(folder.resolve("disk"), new byte[1 << 17]);
    Keys keys = Keys.of("x");
    ContainerHeaders headers = Tcplay.headers(file).keys(keys).system(true);
    IllegalArgumentException noBackup =
        assertThrows(IllegalArgumentException.class, headers::restore);
    assertTrue(noBackup.getMessage().contains("--from"), noBackup::getMessage);
    assertThrows(IllegalArgumentException.class, headers.partition(1)::info);
    ContainerHeaders hidden = Tcplay.headers(file).keys(keys).system(true).hidden(true);
    IllegalArgumentException elsewhere = assertThrows(IllegalArgumentException.class, hidden::info);
    assertTrue(elsewhere.getMessage().contains("hidden volume"), elsewhere::getMessage);
  }

  @ParameterizedTest
  @CsvSource({
    "tc_3-sha512-xts-aes, normal, --disable-veracrypt",
    "tc_3-ripemd160-xts-aes, normal, --disable-veracrypt",
    "tc_3-sha512-xts-aes-hidden, hidden, --disable-veracrypt --tcrypt-hidden",
    "sys_vc_1_mbr_full-sha256-xts-aes, system, --veracrypt --tcrypt-system"
  })
  void cryptsetupOpensWhatIsChanged(String image, String kind, String options) throws Exception {
    Judge.run("cryptsetup", "--version"); // skips the test where there is none
    Genuine genuine = genuine(image, kind);
    String chain = genuine.row().get("chain_key_order");
    Judge.Verdict before = dump(genuine, options, chain, genuine.row().get("password"));
    assumeTrue(before.status() == 0, "cryptsetup lacks the kernel's ciphers: " + before.output());
    genuine.change("new").headerBackup(folder.resolve("copy")).change();
    Judge.Verdict verdict = dump(genuine, options, chain, "new");
    assertEquals(0, verdict.status(), verdict.output());
    assertNotEquals(0, dump(genuine, options, chain, genuine.row().get("password")).status());
  }

  private static Judge.Verdict dump(Genuine genuine, String options, String chain, String password)
      throws Exception {
    String command = "printf '%%s' '%s' | cryptsetup tcryptDump -q -c %s -h %s %s '%s'";
    return Judge.run(
        "sh",
        "-c",
        command.formatted(password, chain, genuine.row().get("prf"), options, genuine.file()));
  }

  @Test
  void aCopyIsMadeOfAPairToo() throws IOException {
    Path file = folder.resolve("new.hc");
    Keys.Builder keys = Keys.builder().pim(1).hash("sha512").cipher("AES");
    Tcplay.create(file).size(1 << 20).keys(keys.password("old").build()).create();
    Keys old = keys.password("old").build();
    byte[] slots = Arrays.copyOf(Files.readAllBytes(file), 131_072);
    Path copy = folder.resolve("copy");
    Tcplay.change(file).from(old).to(Keys.of("new")).headerBackup(copy).change();
    assertArrayEquals(slots, Files.readAllBytes(copy));
    assertThrows(
        WrongPasswordException.class, () -> Tcplay.open(file).keys(old).readOnly(true).open());
    Tcplay.headers(file).keys(old).headerFile(copy).restore();
    Tcplay.open(file).keys(old).readOnly(true).open().close();
  }
}
