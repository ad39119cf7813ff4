package dev.tcplay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.model.ExpandedVolume;
import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.GenuineImages;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What TrueCrypt and VeraCrypt made grows, and a hidden volume in it stays as it was. */
class GenuineExpansionTest {

  private static final int MORE = 3 << 20;

  @TempDir private Path folder;

  private static Map<String, String> row(String image, String kind) {
    return GenuineImages.table(GenuineImages.folder("truecrypt").resolve("images.tsv")).stream()
        .filter(row -> row.get("image").equals(image) && row.get("kind").equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static Keys keys(Map<String, String> row) {
    Keys.Builder keys = Keys.builder().hash(row.get("prf")).cipher(row.get("cipher"));
    keys.password(row.get("password"));
    if (!row.get("pim").equals("-")) {
      keys.pim(Integer.parseInt(row.get("pim")));
    }
    if (!row.get("keyfiles").equals("-")) {
      for (String name : row.get("keyfiles").split(",", -1)) {
        keys.keyfile(GenuineImages.folder("truecrypt").resolve(name));
      }
    }
    return keys.build();
  }

  private Path copy(String image) throws IOException {
    return Files.copy(GenuineImages.folder("truecrypt").resolve(image), folder.resolve("copy"));
  }

  private static ContainerOpener opener(Path container, Keys keys, boolean backup) {
    return Tcplay.open(container).keys(keys).backupHeader(backup).readOnly(true);
  }

  private static byte[] data(ContainerOpener opener) throws IOException {
    try (OpenContainer opened = opener.open()) {
      byte[] bytes = new byte[(int) opened.device().size()];
      opened.device().read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  private static String digest(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tc_4-sha512-xts-aes",
        "tc_4-sha512-xts-serpent-twofish-aes",
        "vc_1-sha512-xts-aes",
        "vck_1_pw12-sha256-xts-aes",
        "vcpim_1_1234-sha256-xts-aes"
      })
  void aGenuineVolumeGrowsAndItsDataStay(String image) throws Exception {
    Path container = copy(image);
    long before = Files.size(container);
    Map<String, String> truth = row(image, "normal");
    try (Keys keys = keys(truth)) {
      ExpandedVolume expanded = Tcplay.expand(container).keys(keys).expand(before + MORE);
      long length = Long.parseLong(truth.get("data_len"));
      assertEquals(length + MORE, expanded.dataLength());
      assertEquals(before + MORE, Files.size(container));
      for (boolean backup : new boolean[] {false, true}) {
        byte[] data = data(opener(container, keys, backup));
        assertEquals(length + MORE, data.length);
        assertEquals(truth.get("sha256_data"), digest(Arrays.copyOf(data, (int) length)));
      }
      assertEquals(HeaderInfo.Copy.EQUAL, Tcplay.headers(container).keys(keys).info().backup());
      // What they hold is but the beginning of a file system.
      assertTrue(expanded.unused().orElseThrow().contains("a check finds damage"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tc_4-sha512-xts-aes-hidden", "tc_5-sha512-xts-serpent-twofish-aes-hidden"})
  void aHiddenVolumeStaysAsItWasAndGrowsIfThatIsForced(String image) throws Exception {
    Path container = copy(image);
    long size = Files.size(container) + MORE;
    Map<String, String> truth = row(image, "hidden");
    try (Keys outer = keys(row(image, "normal"));
        Keys hidden = keys(truth)) {
      byte[] around = data(opener(container, outer, false));
      ContainerExpansion ofHidden = Tcplay.expand(container).keys(hidden);
      byte[] original = Files.readAllBytes(container);
      assertRefused("only if that is forced", ofHidden, size);
      assertRefused("expand that first", ofHidden.force(true), size);
      assertThrows(
          WrongPasswordException.class,
          () -> Tcplay.expand(container).keys(outer).protectHidden(outer).expand(size));
      assertArrayEquals(original, Files.readAllBytes(container));

      Tcplay.expand(container).keys(outer).protectHidden(hidden).expand(size);
      byte[] data = data(opener(container, hidden, false));
      for (boolean backup : new boolean[] {false, true}) {
        assertBegins(around, data(opener(container, outer, backup)));
        assertEquals(truth.get("sha256_data"), digest(data(opener(container, hidden, backup))));
      }

      ExpandedVolume expanded = ofHidden.expand(size);
      assertTrue(expanded.dataLength() > data.length + MORE - 200_000, expanded::toString);
      for (boolean backup : new boolean[] {false, true}) {
        byte[] now = data(opener(container, hidden, backup));
        assertEquals(expanded.dataLength(), now.length);
        assertBegins(data, now);
        assertBegins(around, data(opener(container, outer, backup)));
      }
      assertRefused("has that size already", ofHidden, size);
      // The reserve of a volume of 2 MiB and more.
      HeaderInfo info = Tcplay.headers(container).keys(hidden).info();
      assertEquals(size - 2 * 131_072, info.volume().dataOffset() + info.volume().dataLength());
    }
  }

  private static void assertBegins(byte[] expected, byte[] all) {
    assertArrayEquals(expected, Arrays.copyOf(all, expected.length));
  }

  private static void assertRefused(String why, ContainerExpansion expansion, long size) {
    FileSystemException refusal =
        assertThrows(FileSystemException.class, () -> expansion.expand(size));
    assertTrue(refusal.getMessage().contains(why), refusal::getMessage);
  }

  @Test
  void oldVolumesAreRefused() throws Exception {
    for (String image : List.of("tc_2-ripemd160-cbc-aes-hidden", "tc_3-sha512-xts-aes")) {
      Path container = copy(image);
      byte[] before = Files.readAllBytes(container);
      try (Keys keys = keys(row(image, "normal"))) {
        assertRefused(
            "a volume of TrueCrypt 1 to 5 cannot grow",
            Tcplay.expand(container).keys(keys),
            before.length + MORE);
      }
      assertArrayEquals(before, Files.readAllBytes(container));
      Files.delete(container);
    }
  }
}
