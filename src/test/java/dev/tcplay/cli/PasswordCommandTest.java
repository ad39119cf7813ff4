package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords that programs print, and those that a person is asked for more than once. */
@DisabledOnOs(OS.WINDOWS)
class PasswordCommandTest {

  @TempDir private Path folder;

  private static CommandRun.Result hello(CommandRun run, Object... options) {
    List<Object> arguments = new ArrayList<>(List.of("cat", "--pim", 1, "--hash", "sha512"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of(Demo.CONTAINER, "hello.txt"));
    return run.run(arguments.toArray());
  }

  private static CommandRun.Result helloBy(String command) {
    return hello(new CommandRun(), "--password-command", command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b  c",
        " a ",
        "'a b' c",
        "\"a b\"'c d'e",
        "a\\ b",
        "'a\\b'",
        "\"a\\\\b\"",
        "'' a",
        "a '' \"\"",
        "\"it's\" 'say \"x\"'"
      })
  void aCommandIsDividedAsAShellDividesIt(String command) throws Exception {
    String shell = Judge.run("sh", "-c", "printf '<%s>\\n' " + command).output();
    // An empty first word is no program.
    List<String> words = PasswordCommand.words("x " + command);
    assertEquals(
        shell.lines().toList(),
        words.subList(1, words.size()).stream().map(word -> "<" + word + ">").toList());
  }

  @Test
  void theFirstLineIsThePassword() throws IOException {
    Path secret = Files.writeString(folder.resolve("my secret"), Demo.PASSWORD + "\nmore\n");
    CommandRun.Result result = helloBy("cat '" + secret + "'");
    assertEquals("", result.err());
    assertEquals(Files.readString(Demo.TREE.resolve("hello.txt")), result.out());
  }

  @Test
  void noShellReadsTheCommand() throws Exception {
    Judge.run("echo"); // skips the test where it is no program
    CommandRun.Result result = helloBy("echo an open secret; echo x");
    assertEquals(ExitStatus.NOT_OPENED, result.status(), result::err);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"false", "true", "/missing/program", "yes secret", "sh -c 'echo x; exit 7'"})
  void aCommandThatFailsIsNamedAndNothingElse(String command) {
    CommandRun.Result result = helloBy(command);
    assertEquals(ExitStatus.FAILED, result.status());
    String program = command.replaceFirst(" .*", "");
    assertTrue(result.err().startsWith("tcplay: the password command " + program), result::err);
    assertEquals(1, result.err().lines().count(), result::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "'a", "\"a", "a\\", "''"})
  void whatIsNoCommandIsMisuse(String command) {
    assertThrows(IllegalArgumentException.class, () -> PasswordCommand.words(command));
    assertEquals(ExitStatus.USAGE, helloBy(command).status());
  }

  @Test
  void aPersonMayAnswerThreeTimes() {
    List<String> answers = new ArrayList<>(List.of("wrong", "again", Demo.PASSWORD, "left"));
    CommandRun run = new CommandRun().prompt(question -> answers.remove(0).toCharArray());
    CommandRun.Result result = hello(run);
    assertEquals(0, result.status(), result::err);
    assertEquals(List.of("left"), answers);
    assertEquals(2, result.err().lines().filter(line -> line.contains("wrong password")).count());
    answers.addAll(List.of("a", "b", "never asked"));
    assertEquals(ExitStatus.NOT_OPENED, hello(run).status());
    assertEquals(List.of("never asked"), answers);
  }
}
