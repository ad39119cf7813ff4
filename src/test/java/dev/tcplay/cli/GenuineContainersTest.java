package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tcplay.testing.GenuineImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command on containers that TrueCrypt and VeraCrypt made. */
class GenuineContainersTest {

  /** The facts that the table of the TrueCrypt images has, by its column. */
  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("format", "format");
    COLUMNS.put("prf", "prf");
    COLUMNS.put("iterations", "iterations");
    COLUMNS.put("cipher", "cipher");
    COLUMNS.put("mode", "mode");
    COLUMNS.put("kind", "kind");
    COLUMNS.put("data-offset", "data_offset");
    COLUMNS.put("data-length", "data_len");
    COLUMNS.put("first-unit", "first_unit");
    COLUMNS.put("filesystem", "fs");
    COLUMNS.put("label", "label");
    COLUMNS.put("serial", "serial");
  }

  private static List<String> expectedFacts(Map<String, String> row) {
    List<String> facts = new ArrayList<>();
    COLUMNS.forEach((fact, column) -> facts.add(fact + ": " + row.get(column)));
    // The table has what stands in the boot sector, where these words mean that there is no label.
    facts.replaceAll(fact -> fact.equals("label: NO NAME") ? "label: -" : fact);
    return facts;
  }

  private static List<Object> opening(Path folder, Map<String, String> row) {
    List<Object> options = new ArrayList<>(List.of("--hash", row.get("prf")));
    options.add("--password");
    options.add(row.get("password").equals("(empty)") ? "" : row.get("password"));
    if (!row.get("pim").equals("-")) {
      options.addAll(List.of("--pim", row.get("pim")));
    }
    if (!row.get("keyfiles").equals("-")) {
      for (String keyfile : row.get("keyfiles").split(",", -1)) {
        options.addAll(List.of("--keyfile", folder.resolve(keyfile)));
      }
    }
    return options;
  }

  @ParameterizedTest
  @CsvSource({
    "tc_1-sha1-cbc-des3_ede,normal",
    "tc_2-ripemd160-cbc-aes-hidden,hidden",
    "tc_2-ripemd160-lrw-serpent-twofish-aes,normal",
    "tc_2-ripemd160-lrw-aes-hidden,hidden",
    "tc_3-sha512-xts-aes,normal",
    "tc_3-ripemd160-xts-aes-twofish-serpent,normal",
    "tc_4-sha512-xts-serpent-twofish-aes,normal",
    "tc_5-whirlpool-xts-aes,normal",
    "tc_5-sha512-xts-serpent-twofish-aes-hidden,normal",
    "tc_5-sha512-xts-serpent-twofish-aes-hidden,hidden",
    "vck_1_nopw-sha512-xts-aes,normal",
    "vc_1-sha512-xts-camellia-serpent-kuznyechik,normal"
  })
  void infoPrintsWhatTheTableSays(String image, String kind) {
    Path folder = GenuineImages.folder("truecrypt");
    Map<String, String> row =
        GenuineImages.table(folder.resolve("images.tsv")).stream()
            .filter(each -> each.get("image").equals(image) && each.get("kind").equals(kind))
            .findFirst()
            .orElseThrow();
    List<Object> arguments = new ArrayList<>(List.of("info"));
    arguments.addAll(opening(folder, row));
    arguments.add(folder.resolve(image));
    CommandRun.Result result = new CommandRun().run(arguments.toArray());
    assertEquals(0, result.status(), result::err);
    List<String> facts =
        result.lines().stream().filter(line -> !line.matches("(sector-size|tweak): .*")).toList();
    assertEquals(expectedFacts(row), facts);
  }

  /**
   * Of an image whose data somebody has wiped, only the size is known. Argon2id takes more memory
   * than tests have; {@code Argon2idIT} opens its volumes.
   */
  @TestFactory
  Stream<DynamicTest> exportWritesThePlaintextOfEveryVolumeOfTheTable() {
    Path folder = GenuineImages.folder("truecrypt");
    return GenuineImages.table(folder.resolve("images.tsv")).stream()
        .filter(row -> !row.get("prf").equals("argon2id"))
        .map(
            row ->
                dynamicTest(
                    row.get("image") + " " + row.get("kind"), () -> checkExport(folder, row)));
  }

  private static void checkExport(Path folder, Map<String, String> row) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("export"));
    arguments.addAll(opening(folder, row));
    if (!row.get("kind").equals("normal")) {
      arguments.add("--" + row.get("kind")); // --hidden, --system
    }
    arguments.addAll(List.of(folder.resolve(row.get("image")), "-"));
    CommandRun.Result result = new CommandRun().run(arguments.toArray());
    assertEquals(0, result.status(), result::err);
    byte[] plaintext = result.bytes();
    assertEquals(row.get("data_len"), Integer.toString(plaintext.length));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(plaintext);
    boolean wiped = row.get("fs").equals("(data wiped)");
    assertEquals(row.get("sha256_data"), wiped ? "-" : HexFormat.of().formatHex(digest));
    if (row.get("format").equals("VeraCrypt")) {
      return; // to refuse a wrong password takes as long as to try all chains of its function
    }
    Object wrong = "not " + row.get("password");
    arguments.set(arguments.indexOf("--password") + 1, wrong);
    assertEquals(1, new CommandRun().run(arguments.toArray()).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aes-sha512-fat12.hc",
        "serpent-sha256-fat16.hc",
        "camellia-blake2s-keyfiles-fat16.hc",
        "kuznyechik-streebog-fat12.hc"
      })
  void sha256PrintsTheTreeThatVeraCryptHolds(String image) throws IOException {
    Path folder = GenuineImages.folder("veracrypt");
    Map<String, String> row =
        GenuineImages.table(folder.resolve("manifest.tsv")).stream()
            .filter(each -> each.get("file").equals(image))
            .findFirst()
            .orElseThrow();
    List<Object> arguments =
        new ArrayList<>(List.of("sha256", "--pim", 1, "--hash", row.get("hash")));
    arguments.addAll(List.of("--cipher", row.get("encryption")));
    if (!row.get("keyfiles").equals("0")) {
      arguments.addAll(List.of("--keyfile", folder.resolve("key1.bin")));
      arguments.addAll(List.of("--keyfile", folder.resolve("key2.bin")));
    }
    arguments.addAll(List.of("--password", row.get("password"), folder.resolve(image)));
    CommandRun.Result result = new CommandRun().run(arguments.toArray());
    assertEquals(0, result.status(), result::err);
    assertEquals(Files.readString(folder.resolve("tree.sha256")), result.out());
  }

  @Test
  void hiddenVolumesOpenByTheirOwnPassword() throws IOException {
    Path folder = GenuineImages.folder("veracrypt");
    Path image = folder.resolve("aes-twofish-serpent-sha512-hidden.hc");
    Object[] hidden = {
      "sha256",
      "--hidden",
      "--pim",
      1,
      "--hash",
      "whirlpool",
      "--cipher",
      "AES-256-XTS,SERPENT-256-XTS",
      "--password",
      "hidden horse battery staple",
      image
    };
    CommandRun.Result result = new CommandRun().run(hidden);
    assertEquals(0, result.status(), result::err);
    assertEquals(Files.readString(folder.resolve("tree.sha256")), result.out());
    hidden[9] = "outer horse battery staple";
    assertEquals(1, new CommandRun().run(hidden).status());
  }
}
