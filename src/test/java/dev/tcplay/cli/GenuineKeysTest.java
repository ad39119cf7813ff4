package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Judge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The master keys of containers that others made, and what these open once headers are noise. */
class GenuineKeysTest {

  private static final int HEADERS = 131_072;

  @TempDir private Path folder;

  private static Map<String, String> row(Path tsv, String column, String name, String kind) {
    return GenuineImages.table(tsv).stream()
        .filter(row -> row.get(column).equals(name) && row.get("kind").equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static CommandRun.Result fine(List<Object> arguments) {
    CommandRun.Result result = new CommandRun().run(arguments.toArray());
    assertEquals(0, result.status(), result::err);
    return result;
  }

  private static String fact(CommandRun.Result facts, String name) {
    return facts.lines().stream()
        .filter(line -> line.startsWith(name + ": "))
        .findFirst()
        .orElseThrow()
        .substring(name.length() + 2);
  }

  /**
   * Copies an image with noise in the place of its headers, of which old volumes have no backup.
   */
  private Path withoutHeaders(Path image, int front, int back) throws Exception {
    byte[] container = Files.readAllBytes(image);
    byte[] noise = new byte[HEADERS];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, container, 0, front);
    System.arraycopy(noise, 0, container, container.length - back, back);
    return Files.write(folder.resolve("noise.hc"), container);
  }

  @ParameterizedTest
  @CsvSource({
    "aes-sha512-fat12.hc, normal",
    "twofish-whirlpool-fat32.hc, normal",
    "camellia-blake2s-keyfiles-fat16.hc, normal",
    "kuznyechik-streebog-fat12.hc, normal",
    "aes-twofish-serpent-sha512-hidden.hc, normal",
    "aes-twofish-serpent-sha512-hidden.hc, hidden",
  })
  void theFilesOfVeraCryptAreFoundByTheKeyAlone(String image, String kind) throws Exception {
    Path images = GenuineImages.folder("veracrypt");
    Map<String, String> row = row(images.resolve("manifest.tsv"), "file", image, kind);
    Path key = folder.resolve("key");
    List<Object> export =
        new ArrayList<>(List.of("header", "key", "--show", "--to", key, "--pim", 1));
    export.addAll(List.of("--hash", row.get("hash"), "--password", row.get("password")));
    if (!row.get("keyfiles").equals("0")) {
      export.addAll(List.of("--keyfile", images.resolve("key1.bin")));
      export.addAll(List.of("--keyfile", images.resolve("key2.bin")));
    }
    export.add(images.resolve(image));
    CommandRun.Result shown = fine(export);
    assertEquals(kind, fact(shown, "kind"));
    assertEquals(HexFormat.of().formatHex(Files.readAllBytes(key)), fact(shown, "master-key"));
    Path noise = withoutHeaders(images.resolve(image), HEADERS, HEADERS);
    List<Object> opening = new ArrayList<>(List.of("sha256", "--volume-key-file", key));
    opening.addAll(List.of("--cipher", row.get("encryption")));
    opening.addAll(List.of("--volume-offset", fact(shown, "data-offset")));
    opening.addAll(List.of("--volume-size", fact(shown, "data-length"), noise));
    assertEquals(Files.readString(images.resolve("tree.sha256")), fine(opening).out());
  }

  @ParameterizedTest
  @CsvSource({
    "tc_1-sha1-cbc-des3_ede, TRIPLE_DES-192-CBC",
    "tc_2-ripemd160-cbc-aes, AES-256-CBC",
    "tc_2-ripemd160-lrw-serpent-twofish-aes, 'AES-256-LRW,TWOFISH-256-LRW,SERPENT-256-LRW'",
    "tc_3-sha512-xts-aes, AES",
    "tc_5-whirlpool-xts-aes, AES",
  })
  void dataOfOlderVolumesAreDecryptedByTheKeyAlone(String image, String cipher) throws Exception {
    Path images = GenuineImages.folder("truecrypt");
    Map<String, String> row = row(images.resolve("images.tsv"), "image", image, "normal");
    Path key = folder.resolve("key");
    List<Object> export = new ArrayList<>(List.of("header", "key", "--to", key));
    export.addAll(List.of("--hash", row.get("prf"), "--password", row.get("password")));
    export.add(images.resolve(image));
    fine(export);
    boolean old = row.get("hdr_version").compareTo("4") < 0;
    Path noise = withoutHeaders(images.resolve(image), old ? 512 : HEADERS, old ? 0 : HEADERS);
    List<Object> opening = new ArrayList<>(List.of("export", "--volume-key-file", key));
    opening.addAll(List.of("--cipher", cipher, "--volume-offset", row.get("data_offset")));
    opening.addAll(List.of("--volume-size", row.get("data_len"), noise, "-"));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(fine(opening).bytes());
    assertEquals(row.get("sha256_data"), HexFormat.of().formatHex(digest));
  }

  @Test
  void aGenuineKeyIsTheOneThatCryptsetupDumps() throws Exception {
    Path images = GenuineImages.folder("veracrypt");
    Map<String, String> row =
        row(images.resolve("manifest.tsv"), "file", "aes-sha512-ext4.hc", "normal");
    assertEquals(0, Judge.run("cryptsetup", "--version").status());
    Path image = images.resolve(row.get("file"));
    Judge.Verdict dump =
        Judge.run(
            "sh",
            "-c",
            "PATH=$PATH:/usr/sbin:/sbin; printf '%s' '"
                + row.get("password")
                + "' | cryptsetup tcryptDump --veracrypt --veracrypt-pim 1 --hash sha512"
                + " --cipher aes --dump-volume-key --batch-mode "
                + image);
    assertEquals(0, dump.status(), dump.output());
    String hex = dump.output().replaceFirst("(?s).*MK dump:", "").replaceAll("\\s", "");
    List<Object> show = new ArrayList<>(List.of("header", "key", "--show", "--pim", 1));
    show.addAll(List.of("--hash", "sha512", "--password", row.get("password"), image));
    assertEquals(hex, fact(fine(show), "master-key"));
  }
}
