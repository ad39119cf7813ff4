package dev.tcplay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a container is opened: where the password comes from, and what else can be said. */
class OpeningTest {

  private static final List<Object> HINTS = List.of("--pim", 1, "--hash", "sha512");

  @TempDir private Path folder;

  private static Object[] info(Object... options) {
    List<Object> arguments = new ArrayList<>(List.of("info"));
    arguments.addAll(HINTS);
    arguments.addAll(List.of(options));
    arguments.add(Demo.CONTAINER);
    return arguments.toArray();
  }

  private static void opens(CommandRun.Result result) {
    assertEquals(0, result.status(), result::err);
    assertTrue(result.out().startsWith("format: VeraCrypt\n"), result::out);
  }

  @Test
  void thePasswordMayBeAnArgument() {
    opens(new CommandRun().run(info("--password", Demo.PASSWORD)));
    opens(new CommandRun().run(info("--password=" + Demo.PASSWORD)));
  }

  /** To open a pipe waits for somebody who writes to it, and a stop of the command could not. */
  @ParameterizedTest
  @ValueSource(strings = {"info", "check", "format"})
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsNoContainer(String command) throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, Judge.run("mkfifo", pipe.toString()).status());
    CommandRun.Result result =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> new CommandRun().run(command, "--password", "x", "--pim", 1, pipe));
    assertEquals(1, result.status());
    assertEquals("tcplay: " + pipe + ": is a pipe\n", result.err());
  }

  @Test
  void thePasswordMayBeTheFirstLineOfStandardInput() {
    CommandRun run = new CommandRun().in(Demo.PASSWORD + "\r\nmore\n");
    opens(run.run(info("--password-file", "-")));
  }

  @Test
  void thePasswordIsAskedForWhenNoneIsGiven() {
    char[] typed = Demo.PASSWORD.toCharArray();
    List<String> asked = new ArrayList<>();
    CommandRun run =
        new CommandRun()
            .prompt(
                container -> {
                  asked.add(container);
                  return typed;
                });
    opens(run.run(info()));
    assertEquals(List.of("Password for " + Demo.CONTAINER), asked);
    assertEquals("\0".repeat(Demo.PASSWORD.length()), new String(typed));
  }

  @Test
  void withoutPasswordAndConsoleTheStatusIsTwo() {
    CommandRun.Result result = new CommandRun().run(info());
    assertEquals(2, result.status(), result::err);
    assertEquals(1, result.err().lines().count(), result::err);
  }

  @Test
  void nobodyIsAskedWhenThereIsAKeyfile() throws IOException {
    Path keyfile = Files.writeString(folder.resolve("key"), "no key of this container");
    CommandRun run =
        new CommandRun()
            .prompt(
                container -> {
                  throw new AssertionError("asked for a password");
                });
    assertEquals(1, run.run(info("--keyfile", keyfile)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "geheim", "@samples/demo.password", "-x", "--pim", "-", "\"a b\""})
  void aWrongPasswordIsStatusOneAndIsNotRepeated(String password) {
    CommandRun.Result result = new CommandRun().run(info("--password", password));
    assertEquals(1, result.status(), result::err);
    assertEquals(1, result.err().lines().count(), result::err);
    assertFalse(password.length() > 1 && result.err().contains(password), result::err);
    assertEquals("", result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha512", "SHA-512", "SHA512", "SHA512-VC", "Sha-512"})
  void hashesHaveManySpellings(String hash) {
    Object[] arguments = info("--password", Demo.PASSWORD);
    arguments[List.of(arguments).indexOf("sha512")] = hash;
    opens(new CommandRun().run(arguments));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AES", "aes", "AES-256-XTS", "aes-256-xts"})
  void ciphersHaveTwoSpellingsInAnyCase(String cipher) {
    opens(new CommandRun().run(info("--password", Demo.PASSWORD, "--cipher", cipher)));
  }

  @Test
  void theBackupHeaderOpensToo() {
    opens(new CommandRun().run(info("--password", Demo.PASSWORD, "--backup-header")));
  }

  @Test
  void onlyTheHiddenHeaderIsTriedWhenAskedFor() {
    CommandRun.Result result = new CommandRun().run(info("--password", Demo.PASSWORD, "--hidden"));
    assertEquals(1, result.status(), result::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--hash=md5", "--cipher=rot13", "--pim=-1", "--cipher=AES-AES"})
  void aValueThatThereIsNotIsStatusTwo(String option) {
    CommandRun run = new CommandRun().prompt(container -> new char[] {'x'});
    for (CommandRun.Result result :
        List.of(
            run.run("info", "--password", "x", option, Demo.CONTAINER),
            run.run("info", option, Demo.CONTAINER))) {
      assertEquals(2, result.status(), result::err);
      assertEquals(1, result.err().lines().count(), result::err);
    }
  }

  @Test
  void whatCannotBeAContainerIsStatusOne() throws IOException {
    Path small = Files.write(folder.resolve("small"), new byte[511]);
    for (Path file : List.of(small, folder)) {
      CommandRun.Result result = new CommandRun().run("info", "--password", "x", file);
      assertEquals(1, result.status(), result::err);
      assertEquals(1, result.err().lines().count(), result::err);
    }
  }

  @Test
  void whatDoesNotOpenIsSaidToLookLikeWhatItIs() throws IOException {
    byte[] archive = new byte[299_008];
    System.arraycopy(new byte[] {'P', 'K', 3, 4}, 0, archive, 0, 4);
    Path zip = Files.write(folder.resolve("zip"), archive);
    CommandRun.Result result =
        new CommandRun().run("info", "--password", "x", "--pim", 1, "--hash", "sha512", zip);
    assertEquals(1, result.status(), result::err);
    assertEquals(1, result.err().lines().count(), result::err);
    assertTrue(result.err().contains("looks like a zip archive"), result::err);
    assertTrue(result.err().contains("no backup header opens either"), result::err);
  }

  @Test
  void aContainerWhoseHeadWasOverwrittenOpensByItsBackupHeader() throws IOException {
    byte[] container = Files.readAllBytes(Demo.CONTAINER);
    System.arraycopy("%PDF-1.5\n".getBytes(UTF_8), 0, container, 0, 9);
    Path damaged = Files.write(folder.resolve("report.pdf"), container);
    Object[] arguments = info("--password", Demo.PASSWORD, "--backup-header");
    arguments[arguments.length - 1] = damaged;
    opens(new CommandRun().run(arguments));
    arguments[List.of(arguments).indexOf("--backup-header")] = "--no-backup-header";
    CommandRun.Result result = new CommandRun().run(arguments);
    assertEquals(1, result.status(), result::err);
    assertTrue(result.err().contains("looks like a PDF document"), result::err);
    arguments[List.of(arguments).indexOf("--no-backup-header")] = "--verbose";
    result = new CommandRun().run(arguments);
    assertEquals(0, result.status(), result::err);
    assertTrue(result.err().startsWith("tcplay: warning: opened by its backup"), result::err);
  }

  @Test
  void whatIsMissingOutsideIsStatusThree() {
    Path missing = folder.resolve("missing");
    for (Object[] arguments :
        List.of(
            new Object[] {"info", "--password", "x", missing},
            info("--password-file", missing),
            info("--keyfile", missing))) {
      CommandRun.Result result = new CommandRun().run(arguments);
      assertEquals(3, result.status(), result::err);
      assertEquals("tcplay: " + missing + ": no such file\n", result.err());
    }
  }

  @Test
  void aPasswordFileThatCannotBeReadIsNamed() throws IOException {
    CommandRun.Result result = new CommandRun().run(info("--password-file", folder));
    assertEquals(3, result.status());
    assertTrue(result.err().startsWith("tcplay: " + folder + ": "), result::err);
    Path endless = Files.write(folder.resolve("endless"), new byte[100_000]);
    result = new CommandRun().run(info("--password-file", endless));
    assertEquals(3, result.status());
    assertTrue(result.err().startsWith("tcplay: " + endless + ": the first line"), result::err);
  }

  @Test
  void anEmptyVariableNamesNoFile() throws Exception {
    CommandRun.Result result =
        JavaProcess.main("-Dtcplay.passwordFile=" + Demo.PASSWORD_FILE)
            .arguments(info())
            .environment("TCPLAY_PASSWORD_FILE", "")
            .run();
    opens(result);
  }

  @Test
  void aStackTraceIsPrintedWithVerboseOnly() {
    CommandRun.Result result = new CommandRun().run(info("--password", "x", "--verbose"));
    assertEquals(1, result.status());
    assertTrue(result.err().contains(" at dev.tcplay."), result::err);
  }
}
