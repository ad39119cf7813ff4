package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.OpenContainer;
import dev.tcplay.crypttab.Crypttab;
import dev.tcplay.crypttab.Dialect;
import dev.tcplay.crypttab.Entry;
import dev.tcplay.testing.GenuineImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the lines of a crypttab open of the containers that TrueCrypt made. */
class GenuineEntriesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "systemd; tc_5-sha512-xts-serpent-twofish-aes-hidden; normal; tcrypt,readonly",
        "systemd; tc_5-sha512-xts-serpent-twofish-aes-hidden; hidden; tcrypt-hidden,read-only",
        "debian; tc_4-sha512-xts-aes-hidden; hidden; tcrypt,tcrypthidden,readonly",
        "systemd; vck_1-sha512-xts-aes; normal;"
            + " read-only,tcrypt-veracrypt,tcrypt-keyfile=@/keyfile1,tcrypt-keyfile=@/keyfile2"
      })
  void anEntryOpensTheVolumeThatItSays(String dialect, String image, String kind, String options)
      throws Exception {
    Path images = GenuineImages.folder("truecrypt");
    Map<String, String> row =
        GenuineImages.table(images.resolve("images.tsv")).stream()
            .filter(each -> each.get("image").equals(image) && each.get("kind").equals(kind))
            .findFirst()
            .orElseThrow();
    Path key = Files.writeString(folder.resolve("key"), row.get("password"));
    String line =
        "vol %s %s %s"
            .formatted(images.resolve(image), key, options)
            .replace("@", images.toString());
    Path table = Files.writeString(folder.resolve("tab"), line);
    byte[] sector = new byte[512];
    Entry entry = Crypttab.read(table, Dialect.of(dialect)).entries().get(0);
    try (OpenContainer open = new EntryOpening(entry, Terminal.system(), false).open()) {
      open.device().read(0, sector, 0, sector.length);
    }
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sector));
    assertEquals(row.get("sha256_sector0"), hash);
  }
}
