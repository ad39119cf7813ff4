package dev.tcplay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.host.HostInUseException;
import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other keys for containers that exist. */
class ContainerKeyChangeTest {

  private static final int SIZE = 1 << 20;

  @TempDir private Path folder;
  private Path file;
  private Path keyfile;

  @BeforeEach
  void create() throws IOException {
    file = folder.resolve("new.hc");
    keyfile = Files.writeString(folder.resolve("key"), "some bytes");
    Tcplay.create(file).size(SIZE).keys(old().build()).label("LETTERS").create();
  }

  private Keys.Builder old() {
    return hints(Keys.builder()).password("old").keyfile(keyfile).pim(1);
  }

  private static Keys.Builder hints(Keys.Builder keys) {
    return keys.hash("sha512").cipher("AES");
  }

  /** Returns the start of the data as keys see them; both headers must open. */
  private static byte[] data(Path container, Keys keys) throws IOException {
    byte[] first = data(container, keys, false);
    assertArrayEquals(first, data(container, keys, true));
    return first;
  }

  private static byte[] data(Path container, Keys keys, boolean backup) throws IOException {
    ContainerOpener opener = Tcplay.open(container).keys(keys).backupHeader(backup);
    try (OpenContainer opened = opener.readOnly(true).open()) {
      byte[] bytes = new byte[(int) Math.min(opened.device().size(), 1 << 16)];
      opened.device().read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  private void change(Keys.Builder to) throws IOException {
    Tcplay.change(file).from(old().build()).to(to.build()).change();
  }

  @Test
  void whatIsNotSaidStays() throws IOException {
    byte[] before = data(file, old().build());
    change(Keys.builder().password("new"));
    Keys.Builder now = hints(Keys.builder()).password("new").keyfile(keyfile).pim(1);
    assertArrayEquals(before, data(file, now.build()));
    assertThrows(WrongPasswordException.class, () -> data(file, old().build()));
    Tcplay.change(file).from(now.build()).to(Keys.builder().pim(2).build()).change();
    assertArrayEquals(before, data(file, now.pim(2).build()));
    Tcplay.change(file).from(now.build()).to(Keys.builder().hash("sha256").build()).change();
    assertArrayEquals(before, data(file, now.hash("sha256").build()));
  }

  @Test
  void keyfilesAreReplacedOrDropped() throws IOException {
    byte[] before = data(file, old().build());
    byte[] other = {1, 2, 3};
    change(Keys.builder().keyfile(other));
    Keys now = hints(Keys.builder()).password("old").keyfile(other).pim(1).build();
    assertArrayEquals(before, data(file, now));
    Tcplay.change(file).from(now).withoutKeyfiles().change();
    Keys bare = hints(Keys.builder()).password("old").pim(1).build();
    assertArrayEquals(before, data(file, bare));
    assertThrows(WrongPasswordException.class, () -> data(file, now));
  }

  @Test
  void withoutNewKeysOnlyTheSaltsAreNew() throws IOException {
    byte[] before = Files.readAllBytes(file);
    Tcplay.change(file).from(old().build()).change();
    byte[] after = Files.readAllBytes(file);
    data(file, old().build());
    assertTrue(Arrays.mismatch(before, after) < 64);
  }

  @Test
  void newKeysAreAskedForOnceTheOldOnesHaveOpened() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Keys given = Keys.of("new");
    ContainerKeyChange change =
        Tcplay.change(file)
            .to(
                path -> {
                  asked.incrementAndGet();
                  return Optional.of(given);
                });
    Keys wrong = hints(Keys.builder()).password("wrong").pim(1).build();
    assertThrows(WrongPasswordException.class, () -> change.from(wrong).change());
    assertEquals(0, asked.get());
    change.from(old().build()).change();
    assertEquals(1, asked.get());
    assertThrows(IllegalStateException.class, given::password, "the new keys are not wiped");
  }

  @Test
  void theCallersKeysStayOpen() throws IOException {
    Keys from = old().build();
    Keys to = Keys.of("new");
    Tcplay.change(file).from(from).to(to).change();
    assertArrayEquals("old".getBytes(StandardCharsets.UTF_8), from.password());
    assertArrayEquals("new".getBytes(StandardCharsets.UTF_8), to.password());
  }

  @Test
  void whatDoesNotFitWritesNothing() throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertThrows(IllegalArgumentException.class, () -> change(Keys.builder().hash("md5")));
    assertThrows(IllegalArgumentException.class, () -> change(Keys.builder().cipher("Serpent")));
    assertThrows(
        IllegalArgumentException.class, () -> change(Keys.builder().password("x".repeat(129))));
    assertThrows(
        IllegalArgumentException.class,
        () -> Tcplay.change(file).from(old().build()).to(Keys.of("")).withoutKeyfiles().change());
    assertThrows(
        FileSystemException.class,
        () -> change(Keys.builder().passwordFile(folder.resolve("missing"))));
    try (OpenContainer reader = Tcplay.open(file).keys(old().build()).readOnly(true).open()) {
      assertThrows(HostInUseException.class, () -> change(Keys.builder().password("new")));
      assertTrue(reader.device().isReadOnly());
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    if (!Files.isWritable(file)) {
      assertThrows(AccessDeniedException.class, () -> change(Keys.builder().password("new")));
    }
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @ParameterizedTest
  @CsvSource({
    "VeraCrypt, sha512, sha256, 3, --veracrypt --veracrypt-pim 3",
    "VeraCrypt, sha512, whirlpool, 3, --veracrypt --veracrypt-pim 3",
    "TrueCrypt, ripemd160, sha512, 0, --disable-veracrypt",
    "TrueCrypt, sha512, whirlpool, 0, --disable-veracrypt"
  })
  void cryptsetupOpensBothHeaders(
      String format, String hash, String changed, int pim, String options) throws Exception {
    Judge.run("cryptsetup", "--version"); // skips the test where there is none
    Path other = folder.resolve("other");
    Keys from = Keys.builder().password("old").hash(hash).cipher("AES").build();
    Tcplay.create(other).size(SIZE).keys(from).format(format).create();
    Keys.Builder to = Keys.builder().password("new").hash(changed);
    Tcplay.change(other).format(format).from(from).to(to.pim(pim).build()).change();
    for (String backup : new String[] {"", "--tcrypt-backup"}) {
      String command =
          "printf new | cryptsetup tcryptDump -q -c aes -h %s %s %s '%s'"
              .formatted(changed, options, backup, other);
      Judge.Verdict verdict = Judge.run("sh", "-c", command);
      assertEquals(0, verdict.status(), verdict.output());
      assertTrue(verdict.output().contains(changed), verdict.output());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vc_1-sha512-xts-aes, normal",
    "tc_5-sha512-xts-serpent-twofish-aes-hidden, normal",
    "tc_5-sha512-xts-serpent-twofish-aes-hidden, hidden"
  })
  void genuineVolumesAreChangedAndRestored(String image, String kind) throws IOException {
    Map<String, String> row =
        GenuineImages.table(GenuineImages.folder("truecrypt").resolve("images.tsv")).stream()
            .filter(line -> line.get("image").equals(image) && line.get("kind").equals(kind))
            .findFirst()
            .orElseThrow();
    Path copy = Files.copy(GenuineImages.folder("truecrypt").resolve(image), folder.resolve("g"));
    Keys.Builder hints = Keys.builder().hash(row.get("prf")).cipher(row.get("cipher"));
    Keys from = hints.password(row.get("password")).build();
    boolean hidden = kind.equals("hidden");
    byte[] before = genuine(copy, from, hidden);
    Path saved = folder.resolve("headers");
    Tcplay.headers(copy).keys(from).hidden(hidden).backUp(saved);
    Keys to = hints.password("another").build();
    Tcplay.change(copy).hidden(hidden).from(from).to(to).change();
    assertArrayEquals(before, genuine(copy, to, hidden));
    assertThrows(WrongPasswordException.class, () -> genuine(copy, from, hidden));
    Tcplay.headers(copy).keys(from).hidden(hidden).headerFile(saved).restore(true);
    assertArrayEquals(before, genuine(copy, from, hidden));
    HeaderInfo info = Tcplay.headers(copy).keys(from).hidden(hidden).info();
    assertEquals(HeaderInfo.Copy.EQUAL, info.backup());
  }

  private static byte[] genuine(Path container, Keys keys, boolean hidden) throws IOException {
    ContainerOpener opener = Tcplay.open(container).keys(keys).hidden(hidden);
    try (OpenContainer opened = opener.readOnly(true).open()) {
      byte[] bytes = new byte[(int) Math.min(opened.device().size(), 1 << 16)];
      opened.device().read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TrueCrypt, VeraCrypt, --veracrypt --veracrypt-pim 485, sha512",
    "VeraCrypt, TrueCrypt, --disable-veracrypt, whirlpool"
  })
  void theFormatChangesAndCryptsetupOpensBothHeaders(
      String from, String to, String options, String hash) throws Exception {
    Judge.run("cryptsetup", "--version"); // skips the test where there is none
    Path other = folder.resolve("other");
    Keys.Builder keys = Keys.builder().password("old").keyfile(keyfile).cipher("AES").hash(hash);
    Keys old = keys.build();
    Tcplay.create(other).size(SIZE).keys(old).format(from).create();
    byte[] before = data(other, old);
    Tcplay.change(other).format(from).from(old).toFormat(to).change();
    assertArrayEquals(before, data(other, old));
    try (OpenContainer opened = Tcplay.open(other).keys(old).readOnly(true).open()) {
      assertEquals(to, opened.info().format());
    }
    for (String backup : new String[] {"", "--tcrypt-backup"}) {
      String command =
          "printf old | cryptsetup tcryptDump -q --key-file=%s -c aes -h %s %s %s '%s'"
              .formatted(keyfile, hash, options, backup, other);
      Judge.Verdict verdict = Judge.run("sh", "-c", command);
      assertEquals(0, verdict.status(), verdict.output());
    }
  }

  @Test
  void aFormatWithoutTheCipherOrTheHashIsRefused() throws IOException {
    Path other = folder.resolve("other");
    Keys.Builder keys = Keys.builder().password("old").pim(1);
    for (Keys old :
        new Keys[] {
          keys.cipher("Camellia").hash("sha512").build(), keys.cipher("AES").hash("sha256").build()
        }) {
      Tcplay.create(other).size(SIZE).keys(old).replaceExisting(true).create();
      byte[] before = Files.readAllBytes(other);
      ContainerKeyChange change = Tcplay.change(other).from(old).toFormat("TrueCrypt");
      assertThrows(IllegalArgumentException.class, change::change);
      assertArrayEquals(before, Files.readAllBytes(other));
    }
  }
}
