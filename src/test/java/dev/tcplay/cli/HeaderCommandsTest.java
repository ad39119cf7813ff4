package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code header info}, {@code header backup} and {@code header restore}. */
class HeaderCommandsTest extends ChangedContainer {

  private CommandRun.Result header(String subcommand, String password, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("header", subcommand));
    arguments.addAll(List.of("--password", password, "--pim", 1, "--hash", "sha512"));
    arguments.addAll(List.of("--cipher", "aes"));
    arguments.addAll(List.of(more));
    return new CommandRun().run(arguments.toArray());
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

  private void wipeHeader() throws IOException {
    try (FileChannel channel = FileChannel.open(container, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(512), 0);
    }
  }

  @Test
  void infoTellsFieldsAndBothCopies() throws IOException {
    CommandRun.Result info = header("info", PASSWORD, container);
    assertFine(info);
    assertTrue(
        info.lines()
            .containsAll(
                List.of(
                    "format: VeraCrypt",
                    "iterations: 16000",
                    "kind: normal",
                    "data-offset: 131072",
                    "header-version: 5",
                    "minimum-program: 1.b",
                    "header: opened",
                    "backup-header: opens, equal")),
        info::out);
    wipeHeader();
    CommandRun.Result json = header("info", PASSWORD, "--backup-header", "--json", container);
    assertFine(json);
    assertTrue(
        json.out().contains("\"header\": \"does not open\", \"backup-header\": \"opened\""),
        json::out);
  }

  @Test
  void aBackupIsMadeAndRestored() throws Exception {
    Path backup = folder.resolve("headers");
    assertFine(header("backup", PASSWORD, container, backup));
    byte[] first = Files.readAllBytes(backup);
    assertFails(3, "exists already", header("backup", PASSWORD, container, backup));
    assertFine(header("backup", PASSWORD, "--force", container, backup));
    assertArrayEquals(first, Files.readAllBytes(backup));
    wipeHeader();
    assertFails(1, "--backup-header", header("info", PASSWORD, "--no-backup-header", container));
    CommandRun.Result opened = header("info", PASSWORD, container);
    assertEquals(0, opened.status());
    assertTrue(opened.err().contains("'header restore' (Tcplay.headers)"), opened::err);
    assertTrue(opened.lines().contains("backup-header: opened"), opened::out);
    assertFine(header("restore", PASSWORD, "--from", backup, container));
    export();
    wipeHeader();
    assertFine(header("restore", PASSWORD, container));
    export();
  }

  @Test
  void aWrongPasswordWritesNothing() throws IOException {
    byte[] before = Files.readAllBytes(container);
    Path backup = folder.resolve("headers");
    assertFails(1, "new.hc", header("restore", "wrong", container));
    assertFails(1, "new.hc", header("backup", "wrong", container, backup));
    assertFalse(Files.exists(backup));
    assertArrayEquals(before, Files.readAllBytes(container));
  }

  @Test
  void whatIsMissingIsToldBeforeAPasswordIsAskedFor() {
    CommandRun run =
        new CommandRun()
            .prompt(
                question -> {
                  throw new AssertionError("asked for a password");
                });
    assertFails(3, "no such file", run.run("header", "info", folder.resolve("none")));
    assertFails(3, "exists already", run.run("header", "backup", container, container));
    assertFails(2, "is missing", run.run("header"));
    assertFails(2, "OUT", run.run("header", "backup", container));
  }

  @Test
  void aWholeTrialFindsTheHeader() {
    CommandRun.Result info =
        new CommandRun().run("header", "info", "--password", PASSWORD, "--pim", 1, container);
    assertFine(info);
    assertTrue(info.lines().contains("backup-header: opens, equal"), info::out);
  }
}
