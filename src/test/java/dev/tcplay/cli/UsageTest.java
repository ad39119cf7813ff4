package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UsageTest {

  @Test
  void aSubcommandByItselfIsThatOfTheWholeCommand() {
    CommandLine whole = TcplayCommand.create(Terminal.system());
    for (Map.Entry<String, CommandLine> command : whole.getSubcommands().entrySet()) {
      String name = command.getKey();
      CommandLine alone = TcplayCommand.create(Terminal.system(), name, "--help");
      assertEquals(Set.of(name), alone.getSubcommands().keySet());
      assertEquals(name, command.getValue().getCommandSpec().name());
      assertEquals(
          command.getValue().getUsageMessage(), alone.getSubcommands().get(name).getUsageMessage());
    }
  }

  @Test
  void theHelpListsAllSubcommandsUnlessOneIsAskedFor() {
    CommandLine whole = TcplayCommand.create(Terminal.system());
    CommandLine asked = TcplayCommand.create(Terminal.system(), "--help", "info");
    assertEquals(whole.getUsageMessage(), asked.getUsageMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "info",
        "info a b",
        "info --unknown a",
        "info --pim x a",
        "info --pim 1 --pim 2 a",
        "info --password p --password-file f a",
        "info --password",
        "info --plain=maybe a",
        "info --plain --format VeraCrypt a",
        "info --offset x a",
        "info --offset -1 a",
        "ls --zone Nowhere/Else a",
        "ls --code-page none a",
        "create --size 1M --format plain a",
        "create --size 1M --zone x a",
        "put a b",
        "mkdir a",
        "mkdir -r a b",
        "rm a",
        "rm -x a b",
        "mv a b",
        "cp a b",
        "touch a",
        "label a b c",
        "create a",
        "verify",
        "verify a b",
        "header",
        "header info",
        "header backup a",
        "header key",
        "header key a",
        "info --volume-key-file k a",
        "info --volume-offset 512 --password x a",
        "info --volume-key-file k --cipher aes --password p a",
        "info --volume-key-file k --cipher aes --backup-header a",
        "info --volume-key-file k --cipher aes --system a",
        "header restore a b",
        "keyfile",
        "keyfile create",
        "keyfile create --size 0 a",
        "keyfile create --size 2M a",
        "keyfile check",
        "passwd",
        "passwd --new-pim x a",
        "expand a",
        "expand --size x a",
        "expand --size 1M --hidden-pim 1 README.md",
        "create --size 1M",
        "format",
        "format a b",
        "cat a",
        "exec",
        "exec a",
        "exec --class-path a",
        "cat --json a b",
        "get a",
        "get a b",
        "export a",
        "export a b c",
        "ls a b c",
        "sha256",
        "map",
        "map a",
        "map a/b c",
        "map .a c",
        "map --listen 192.0.2.1:10809 a b",
        "map --listen 127.0.0.1:70000 a b",
        "map --listen 10809 a b",
        "unmap",
        "unmap --all a",
        "unmap ../a",
        "status",
        "list a",
        "table",
        "table a b",
        "selftest --seed x",
        "selftest a",
        "benchmark a",
        "benchmark --seconds 0",
        "benchmark --seconds NaN",
        "benchmark --seconds 3601",
        "benchmark --only unknown"
      })
  void misuseIsOneLineOnStandardErrorAndStatusTwo(String arguments) {
    Object[] words = arguments.isEmpty() ? new Object[0] : arguments.split(" ");
    CommandRun.Result result = new CommandRun().run(words);
    assertEquals(2, result.status(), result::err);
    assertEquals(1, result.err().lines().count(), result::err);
    assertTrue(result.err().startsWith("tcplay: "), result::err);
    assertTrue(result.err().contains("--help)"), result::err);
    assertEquals("", result.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "info f --passwort=geheim",
        "info --passwort geheim f",
        "info f geheim",
        "info -pgeheim f",
        "mv f geheim",
        "get f geheim",
        "info --password geheim --password geheim2 f",
        "info --password geheim --password-file f f",
        "passwd --new-password geheim --new-password geheim2 f"
      })
  void misuseNeverRepeatsWhatMayBeAPassword(String arguments) {
    CommandRun.Result result = new CommandRun().run((Object[]) arguments.split(" "));
    assertEquals(2, result.status());
    assertFalse(result.err().contains("geheim"), result::err);
  }

  @Test
  void helpListsEveryCommandAndOption() {
    String help = new CommandRun().run("--help").out();
    for (String command :
        List.of(
            "create",
            "format",
            "info",
            "verify",
            "header",
            "keyfile",
            "expand",
            "passwd",
            "ls",
            "cat",
            "get",
            "export",
            "put",
            "mkdir",
            "rm",
            "mv",
            "cp",
            "touch",
            "label",
            "import",
            "sha256",
            "map",
            "unmap",
            "status",
            "list",
            "table",
            "exec",
            "selftest",
            "benchmark")) {
      assertTrue(help.contains("\n  " + command + " "), help);
    }
    String options = new CommandRun().run("ls", "--help").out();
    for (String option :
        List.of(
            "--password=TEXT",
            "--password-file=FILE",
            "--keyfile=FILE",
            "--pim=N",
            "--hash=HASH",
            "--cipher=CIPHER",
            "--hidden",
            "--protect-hidden",
            "--hidden-password=TEXT",
            "--hidden-password-file=FILE",
            "--hidden-keyfile=FILE",
            "--hidden-pim=N",
            "--hidden-hash=HASH",
            "--[no-]backup-header",
            "--header-file=PATH",
            "--offset=N[K|M|G|T]",
            "--format=FORMAT",
            "--plain",
            "--zone=ZONE",
            "--code-page=NAME",
            "--touch-host",
            "--json",
            "--verbose",
            "-l",
            "-R")) {
      assertTrue(options.contains(option), () -> option + " in " + options);
    }
  }

  @Test
  void versionIsTheBuilds() {
    CommandRun.Result result = new CommandRun().run("--version");
    assertEquals(0, result.status());
    assertTrue(result.out().matches("tcplay \\d+\\.\\d+\\.\\d+\\R"), result::out);
  }
}
