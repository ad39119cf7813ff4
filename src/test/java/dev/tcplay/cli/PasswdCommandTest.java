package dev.tcplay.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.volume.VolumeBuilder;
import dev.tcplay.volume.VolumeFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code passwd}: other keys for a container. */
class PasswdCommandTest extends ChangedContainer {

  private CommandRun.Result passwd(CommandRun run, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("passwd", "--hash", "sha512"));
    arguments.addAll(List.of(more));
    arguments.add(container);
    return run.run(arguments.toArray());
  }

  private CommandRun.Result passwd(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("--password", PASSWORD, "--pim", 1));
    arguments.addAll(List.of(more));
    return passwd(new CommandRun(), arguments.toArray());
  }

  private static void assertFine(CommandRun.Result result) {
    assertEquals("", withoutAdvice(result));
    assertEquals(0, result.status());
    assertEquals("", result.out());
  }

  /** What new keys are warned of, most of these tests do not mind. */
  private static String withoutAdvice(CommandRun.Result result) {
    return result
        .err()
        .lines()
        .filter(line -> !line.startsWith("tcplay: warning: "))
        .collect(joining("\n"));
  }

  private void assertFails(int status, String message, CommandRun.Result result)
      throws IOException {
    assertEquals(status, result.status(), result::err);
    assertEquals(1, result.err().lines().count(), result::err);
    assertTrue(result.err().contains(message), result::err);
    fine("info");
  }

  private void assertOpens(Object... keys) {
    List<Object> arguments = new ArrayList<>(List.of("header", "info"));
    arguments.addAll(List.of(keys));
    arguments.add(container);
    CommandRun.Result info = new CommandRun().run(arguments.toArray());
    assertEquals(0, info.status(), info::err);
    assertTrue(info.lines().contains("backup-header: opens, equal"), info::out);
  }

  private static CommandRun typing(List<String> asked, String... passwords) {
    Iterator<String> typed = List.of(passwords).iterator();
    return new CommandRun()
        .prompt(
            question -> {
              asked.add(question);
              return typed.next().toCharArray();
            });
  }

  @Test
  void anOptionGivesTheNewPasswordAndThePimStays() {
    assertFine(passwd("--new-password", "new"));
    assertOpens("--password", "new", "--pim", 1, "--hash", "sha512");
    CommandRun.Result old = run("info");
    assertEquals(1, old.status(), old::err);
  }

  @Test
  void weakKeysAreWarnedOf() {
    String err = passwd("--new-password", "new").err();
    assertEquals(2, err.lines().count(), err);
    assertTrue(err.startsWith("tcplay: warning: the password has fewer than 20 char"), err);
    Object[] strong = {"--new-password", "an unguessable password", "--new-pim", 0};
    assertEquals("", new CommandRun().run(with("passwd", now("new"), strong)).err());
  }

  private static Object[] now(String password) {
    return new Object[] {"--password", password, "--pim", 1, "--hash", "sha512"};
  }

  @Test
  void aWholeTrialOpensWhatIsChanged() {
    assertFine(
        new CommandRun()
            .run("passwd", "--password", PASSWORD, "--pim", 1, "--new-password", "n", container));
    assertOpens("--password", "n", "--pim", 1);
  }

  @Test
  void theOldPasswordIsAskedForThenTheNewOneTwice() {
    List<String> asked = new ArrayList<>();
    assertFine(passwd(typing(asked, PASSWORD, "new", "new"), "--pim", 1));
    assertEquals(
        List.of("Password for " + container, "New password for " + container, "The same again"),
        asked);
    assertOpens("--password", "new", "--pim", 1, "--hash", "sha512");
  }

  @Test
  void aWrongPasswordIsToldBeforeANewOneIsAskedFor() throws IOException {
    List<String> asked = new ArrayList<>();
    CommandRun.Result result = passwd(typing(asked, "wrong", "bad", "no"), "--pim", 1);
    assertEquals(1, result.status());
    assertEquals(3, result.err().lines().filter(line -> line.contains("new.hc")).count());
    assertEquals(Collections.nCopies(3, "Password for " + container), asked);
    fine("info");
  }

  @Test
  void newPasswordsThatDifferOrAreMissingChangeNothing() throws IOException {
    byte[] before = Files.readAllBytes(container);
    Object[] old = {"--password", PASSWORD, "--pim", 1};
    CommandRun mistyping = typing(new ArrayList<>(), "one", "two", "three", "four", "five", "six");
    CommandRun.Result differ = passwd(mistyping, old);
    assertEquals(ExitStatus.USAGE, differ.status());
    assertEquals(3, differ.err().lines().filter(line -> line.contains("passwords differ")).count());
    assertFails(2, "no new password", passwd(new CommandRun(), old));
    assertFails(2, "expected at least one byte", passwd("--new-password", ""));
    assertFails(2, "hash", passwd("--new-hash", "md5"));
    assertFails(2, "exclude each other", passwd("--no-new-keyfiles", "--new-keyfile", "x"));
    assertArrayEquals(before, Files.readAllBytes(container));
  }

  @Test
  void bothPasswordsMayComeFromStandardInput() {
    CommandRun run = new CommandRun().in(PASSWORD + "\nnew\n");
    assertFine(passwd(run, "--pim", 1, "--password-file", "-", "--new-password-file", "-"));
    assertOpens("--password", "new", "--pim", 1, "--hash", "sha512");
  }

  @Test
  void whatIsNotSaidStays() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "key");
    Path other = Files.writeString(folder.resolve("other"), "other");
    assertFine(passwd("--new-keyfile", key, "--new-pim", 2, "--new-hash", "sha256"));
    Object[] now = {"--password", PASSWORD, "--pim", 2, "--hash", "sha256", "--keyfile", key};
    assertOpens(now);
    assertFine(new CommandRun().run(with("passwd", now, "--new-keyfile", other)));
    now[7] = other;
    assertOpens(now);
    assertFine(new CommandRun().run(with("passwd", now, "--no-new-keyfiles")));
    assertOpens("--password", PASSWORD, "--pim", 2, "--hash", "sha256");
  }

  @Test
  void aSingleHeaderIsCopiedBeforeItChanges() throws Exception {
    Path old = folder.resolve("old.tc");
    new VolumeBuilder()
        .format(VolumeFormat.TRUECRYPT)
        .headerVersion(3)
        .password(PASSWORD)
        .create(old);
    byte[] before = Files.readAllBytes(old);
    Path copy = folder.resolve("copy");
    List<Object> change = new ArrayList<>(List.of("passwd", "--password", PASSWORD));
    change.addAll(List.of("--format", "truecrypt", "--new-password", "new"));
    CommandRun.Result refused = new CommandRun().run(with(change, old));
    assertEquals(3, refused.status(), refused::err);
    assertTrue(refused.err().contains("--header-backup FILE"), refused::err);
    assertArrayEquals(before, Files.readAllBytes(old));
    change.addAll(List.of("--header-backup", copy));
    assertFine(new CommandRun().run(with(change, old)));
    CommandRun.Result there = new CommandRun().run(with(change, old));
    assertEquals(3, there.status(), there::err);
    assertTrue(there.err().contains("exists already"), there::err);
    List<Object> header = List.of("header", "info", "--password", "new");
    CommandRun.Result info = new CommandRun().run(with(header, old));
    assertTrue(info.lines().containsAll(List.of("header: opened", "backup-header: none")));
    List<Object> restore = new ArrayList<>(List.of("header", "restore", "--force"));
    restore.addAll(List.of("--password", PASSWORD, "--from", copy));
    assertFine(new CommandRun().run(with(restore, old)));
    List<Object> again = List.of("info", "--password", PASSWORD, "--format", "truecrypt");
    assertEquals(0, new CommandRun().run(with(again, old)).status());
  }

  private static Object[] with(List<Object> arguments, Object last) {
    List<Object> all = new ArrayList<>(arguments);
    all.add(last);
    return all.toArray();
  }

  private Object[] with(String command, Object[] keys, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(keys));
    arguments.addAll(List.of(more));
    arguments.add(container);
    return arguments.toArray();
  }
}
