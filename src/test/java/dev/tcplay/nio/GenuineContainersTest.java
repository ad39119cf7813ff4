package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.model.UnlockProgress;
import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.GenuineImages;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The containers that VeraCrypt made, through java.nio.file; opened by readers, as other tests open
 * them at the same time.
 */
class GenuineContainersTest {

  private static final String PASSWORD = "correct horse battery";

  @TestFactory
  Stream<DynamicTest> fatAndExfatContainersHoldTheirTree() throws IOException {
    Path folder = GenuineImages.folder("veracrypt");
    Map<String, String> expected = Trees.listed(folder.resolve("tree.sha256"));
    return rows(folder)
        .filter(row -> row.get("fs").contains("FAT"))
        .map(row -> DynamicTest.dynamicTest(name(row), () -> checkTree(folder, row, expected)));
  }

  private static void checkTree(Path folder, Map<String, String> row, Map<String, String> expected)
      throws IOException {
    try (FileSystem volume = opener(folder, row).mount()) {
      Path root = volume.getPath("/");
      assertEquals(expected, Trees.hashes(root));
      assertTrue(volume.isReadOnly());
      VolumeAttributes facts = Files.readAttributes(root, VolumeAttributes.class);
      assertEquals("VeraCrypt", facts.volume().format());
      assertEquals(row.get("encryption"), facts.volume().encryption().orElseThrow().cipher());
      assertEquals(row.get("kind"), facts.volume().kind());
      assertTrue(facts.fileSystem().startsWith(row.get("fs")), facts.fileSystem());
      Map<String, Object> named = Files.readAttributes(root, "tcplay:*");
      assertEquals(facts.volume().encryption().orElseThrow().prf(), named.get("prf"));
      assertEquals(facts.volume().dataLength(), named.get("dataLength"));
      assertEquals(facts.label().orElse("-"), named.get("label"));
      assertEquals(0, named.get("partition"));
      assertEquals(facts.volume().encryption().orElseThrow().tweak(), named.get("tweak"));
      assertEquals(19, named.size());
      FileStore store = Files.getFileStore(root);
      assertEquals("tcplay:" + facts.fileSystem().toLowerCase(Locale.ROOT), store.type());
      assertEquals(facts.label().orElse(""), store.name());
      assertTrue(store.getTotalSpace() > store.getUsableSpace());
      assertTrue(store.getTotalSpace() <= facts.volume().dataLength());
    }
  }

  @TestFactory
  Stream<DynamicTest> otherFileSystemsShowAsOneFile() throws IOException {
    Path folder = GenuineImages.folder("veracrypt");
    return rows(folder)
        .filter(row -> !row.get("fs").contains("FAT"))
        .map(row -> DynamicTest.dynamicTest(name(row), () -> checkRaw(folder, row)));
  }

  private static void checkRaw(Path folder, Map<String, String> row) throws IOException {
    try (FileSystem volume = opener(folder, row).mount();
        SeekableByteChannel plaintext = opener(folder, row).channel()) {
      Path file = volume.getPath("/volume.img");
      assertEquals(List.of(file), list(volume.getPath("/")));
      VolumeAttributes facts = Files.readAttributes(file, VolumeAttributes.class);
      assertEquals(facts.volume().dataLength(), facts.size());
      assertEquals(Files.size(row(folder, row)) - 2 * 131072, facts.size());
      assertEquals(facts.size(), plaintext.size());
      assertEquals(
          Trees.hash(Channels.newInputStream(plaintext)), Trees.hash(Files.newInputStream(file)));
      byte[] start = new byte[8192];
      try (var stream = Files.newInputStream(file)) {
        assertEquals(start.length, stream.readNBytes(start, 0, start.length));
      }
      switch (row.get("fs")) {
        case "NTFS" -> assertEquals("NTFS", text(start, 3, 4));
        default -> assertEquals(0xEF53, (start[1080] & 0xff) | (start[1081] & 0xff) << 8);
      }
    }
  }

  @Test
  void theChannelShowsAnyVolumeWhole() throws IOException {
    Path container = GenuineImages.folder("veracrypt").resolve("aes-sha512-fat12.hc");
    try (SeekableByteChannel plaintext = opener(container, PASSWORD).channel();
        FileSystem raw = opener(container, PASSWORD).filesystem("raw").mount()) {
      assertEquals(Files.size(container) - 2 * 131072, plaintext.size());
      assertEquals(
          Trees.hash(Channels.newInputStream(plaintext)),
          Trees.hash(Files.newInputStream(raw.getPath("volume.img"))));
    }
  }

  @Test
  void theHiddenVolumeOpensOnlyByItsPassword() throws IOException {
    Path container =
        GenuineImages.folder("veracrypt").resolve("aes-twofish-serpent-sha512-hidden.hc");
    String hidden = "hidden horse battery staple";
    String outer = "outer horse battery staple";
    try (FileSystem volume = opener(container, hidden).hash("whirlpool").hidden(true).mount()) {
      assertEquals("hidden", Files.getAttribute(volume.getPath("/"), "tcplay:kind"));
    }
    assertWrongPassword(opener(container, hidden).hash("whirlpool").hidden(false));
    assertWrongPassword(opener(container, outer).hash("sha512").hidden(true));
  }

  @Test
  void aCopyCanBeWritten(@TempDir Path folder) throws IOException {
    Path container = GenuineImages.folder("veracrypt").resolve("aes-sha512-fat12.hc");
    Path copy = Files.copy(container, folder.resolve("copy.hc"));
    try (FileSystem volume = opener(copy, PASSWORD).readOnly(false).mount()) {
      assertFalse(volume.isReadOnly());
      Files.writeString(volume.getPath("new.txt"), "new");
    }
    try (FileSystem volume = opener(copy, PASSWORD).mount()) {
      assertEquals("new", Files.readString(volume.getPath("new.txt")));
    }
  }

  @Test
  void wrongSecretsHaveTheirOwnException() {
    Path container = GenuineImages.folder("veracrypt").resolve("aes-sha512-fat12.hc");
    assertWrongPassword(Tcplay.open(container).password("Sesame").pim(1).hash("sha512"));
    assertWrongPassword(Tcplay.open(container).password(PASSWORD).pim(2).hash("sha512"));
    assertWrongPassword(
        Tcplay.open(container).password(PASSWORD).pim(1).hash("sha512").keyfile(new byte[] {1}));
    assertWrongPassword(Tcplay.open(container).password(PASSWORD).pim(1).hash("whirlpool"));
  }

  @Test
  void theCallerLearnsHowFarTheOpeningHasCome() {
    Path container = GenuineImages.folder("veracrypt").resolve("aes-sha512-fat12.hc");
    List<UnlockProgress> news = new ArrayList<>();
    Set<Thread> threads = new HashSet<>();
    ContainerOpener opener =
        Tcplay.open(container)
            .password("Sesame")
            .pim(1)
            .hash("sha512")
            .readOnly(true)
            .progress(
                progress -> {
                  news.add(progress);
                  threads.add(Thread.currentThread());
                });
    assertThrows(WrongPasswordException.class, opener::mount);
    assertEquals(Set.of(Thread.currentThread()), threads);
    UnlockProgress last = news.get(news.size() - 1);
    assertEquals(30, news.get(0).total()); // 15 chains on two headers
    assertEquals(60, last.total()); // then on their backups
    assertEquals(60, last.tried());
  }

  private static void assertWrongPassword(ContainerOpener opener) {
    opener.readOnly(true);
    WrongPasswordException e = assertThrows(WrongPasswordException.class, opener::mount);
    assertFalse(e.getMessage().contains("orse") || e.getMessage().contains("esame"));
    assertThrows(WrongPasswordException.class, opener::channel);
  }

  @Test
  void trueCryptContainersGiveTheirPlaintext() throws IOException {
    Path folder = GenuineImages.folder("truecrypt");
    int checked = 0;
    for (Map<String, String> row : GenuineImages.table(folder.resolve("images.tsv"))) {
      if (!row.get("image").startsWith("tc_5") || !row.get("keyfiles").equals("-")) {
        continue;
      }
      try (SeekableByteChannel plaintext =
          Tcplay.open(folder.resolve(row.get("image")))
              .password(row.get("password"))
              .format("TrueCrypt")
              .readOnly(true)
              .hidden(row.get("kind").equals("hidden"))
              .channel()) {
        assertEquals(Long.parseLong(row.get("data_len")), plaintext.size());
        assertEquals(row.get("sha256_data"), Trees.hash(Channels.newInputStream(plaintext)));
        checked++;
      }
    }
    assertTrue(checked >= 8, "rows checked: " + checked);
  }

  private static Stream<Map<String, String>> rows(Path folder) {
    return GenuineImages.table(folder.resolve("manifest.tsv")).stream();
  }

  private static String name(Map<String, String> row) {
    return row.get("file") + " " + row.get("kind");
  }

  private static Path row(Path folder, Map<String, String> row) {
    return folder.resolve(row.get("file"));
  }

  private static ContainerOpener opener(Path folder, Map<String, String> row) {
    ContainerOpener opener =
        Tcplay.open(row(folder, row))
            .password(row.get("password"))
            .pim(Integer.parseInt(row.get("pim")));
    if (!row.get("keyfiles").equals("0")) {
      opener.keyfile(folder.resolve("key1.bin")).keyfile(folder.resolve("key2.bin"));
    }
    // Searching through all hashes is slow, and is tested beside the search.
    return opener.hash(row.get("hash")).readOnly(true);
  }

  private static ContainerOpener opener(Path container, String password) {
    return Tcplay.open(container).password(password).pim(1).hash("sha512").readOnly(true);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
