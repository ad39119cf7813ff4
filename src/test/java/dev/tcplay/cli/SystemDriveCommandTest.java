package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tcplay.testing.GenuineImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The command on system drives that VeraCrypt encrypted. */
class SystemDriveCommandTest {

  @TempDir Path folder;

  private Stream<Map<String, String>> rows() {
    return GenuineImages.table(images().resolve("images.tsv")).stream()
        .filter(row -> row.get("kind").equals("system"));
  }

  private static Path images() {
    return GenuineImages.folder("truecrypt");
  }

  /** A check of a row. */
  private interface Check {
    void of(Map<String, String> row) throws IOException;
  }

  private Stream<DynamicTest> each(Check check) {
    return rows().map(row -> dynamicTest(row.get("image"), () -> check.of(row)));
  }

  private static int number(Map<String, String> row, String column) {
    return Integer.decode(row.get(column));
  }

  private static CommandRun.Result run(
      String command, Map<String, String> row, Object file, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(command, "--hash", row.get("prf"), "--password", row.get("password")));
    List<Object> rest = Arrays.asList(more);
    rest.stream().filter(each -> each.toString().startsWith("--")).forEach(arguments::add);
    arguments.add(file);
    rest.stream().filter(each -> !each.toString().startsWith("--")).forEach(arguments::add);
    return new CommandRun().run(arguments.toArray());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> exportWritesTheEncryptedPartition() {
    return each(
        row -> {
          CommandRun.Result result =
              run("export", row, images().resolve(row.get("image")), "--system", "-");
          assertEquals(0, result.status(), result::err);
          assertEquals(row.get("sha256_data"), sha256(result.bytes()));
        });
  }

  @TestFactory
  Stream<DynamicTest> exportWithFdeWritesTheWholeDisk() {
    return each(
        row -> {
          Path image = images().resolve(row.get("image"));
          CommandRun.Result result = run("export", row, image, "--fde", "-");
          assertEquals(0, result.status(), result::err);
          byte[] whole = result.bytes();
          byte[] raw = Files.readAllBytes(image);
          assertEquals(raw.length, whole.length);
          int clear = number(row, "scope_start");
          assertArrayEquals(Arrays.copyOf(raw, clear), Arrays.copyOf(whole, clear));
          int start = number(row, "data_offset");
          byte[] partition = Arrays.copyOfRange(whole, start, start + number(row, "data_len"));
          assertEquals(row.get("sha256_data"), sha256(partition));
        });
  }

  @TestFactory
  Stream<DynamicTest> aPartitionAloneIsReadByTheHeaderOfItsDisk() {
    return each(
        row -> {
          Path image = images().resolve(row.get("image"));
          byte[] raw = Files.readAllBytes(image);
          int start = number(row, "data_offset");
          int end = start + number(row, "data_len");
          Path partition =
              Files.write(folder.resolve(row.get("image")), Arrays.copyOfRange(raw, start, end));
          String disk = "--system-disk=" + image;
          CommandRun.Result result = run("export", row, partition, disk, "-");
          assertEquals(0, result.status(), result::err);
          assertEquals(row.get("sha256_data"), sha256(result.bytes()));
          CommandRun.Result info = run("info", row, partition, disk);
          assertTrue(info.lines().contains("first-unit: " + row.get("first_unit")), info::out);
        });
  }

  @TestFactory
  Stream<DynamicTest> infoPrintsTheFactsOfTheHeaderAlsoWhereNoPartitionMatches() {
    return each(
        row -> {
          Path image = images().resolve(row.get("image"));
          CommandRun.Result found = run("info", row, image, "--system");
          assertEquals(0, found.status(), found::err);
          List<String> facts =
              List.of(
                  "format: VeraCrypt",
                  "prf: " + row.get("prf"),
                  "iterations: " + row.get("iterations"),
                  "cipher: " + row.get("cipher"),
                  "kind: system",
                  "scope-start: " + row.get("scope_start"),
                  "scope-length: " + row.get("volume_size"));
          assertTrue(found.lines().containsAll(facts), found::out);
          assertTrue(found.lines().contains("data-offset: " + row.get("data_offset")));
          assertTrue(found.lines().contains("filesystem: FAT12"), found::out);

          byte[] raw = Files.readAllBytes(image);
          Arrays.fill(raw, 446, 512, (byte) 0);
          Path without = Files.write(folder.resolve("without" + row.get("image")), raw);
          CommandRun.Result header = run("info", row, without, "--system");
          assertTrue(header.lines().containsAll(facts), header::out);
          assertTrue(header.err().contains("no partition starts at"), header::err);
        });
  }

  @TestFactory
  Stream<DynamicTest> aWrongPasswordIsRefused() {
    return each(
        row -> {
          Path image = images().resolve(row.get("image"));
          CommandRun.Result result =
              new CommandRun()
                  .run(
                      "info",
                      "--system",
                      "--hash",
                      row.get("prf"),
                      "--cipher=AES",
                      "--password=x",
                      image);
          assertNotEquals(0, result.status());
          assertTrue(result.err().contains("wrong password"), result::err);
        });
  }
}
