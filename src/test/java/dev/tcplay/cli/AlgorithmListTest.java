package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.model.Algorithm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --cipher help} and {@code --hash help} list what there is, and do nothing else. */
class AlgorithmListTest {

  private static CommandRun.Result run(Object... arguments) {
    CommandRun.Result result =
        new CommandRun()
            .prompt(
                question -> {
                  throw new AssertionError("nobody is asked");
                })
            .run(arguments);
    assertEquals("", result.err());
    assertEquals(0, result.status());
    return result;
  }

  private static String row(CommandRun.Result result, String name) {
    List<String> rows =
        result.lines().stream().filter(line -> line.matches(name + " {2,}.*")).toList();
    assertEquals(1, rows.size(), result::out);
    return rows.get(0).replaceAll(" {2,}", " | ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create", "format", "check", "info", "ls", "cat", "get", "put", "mkdir", "rm", "mv", "cp",
        "touch", "label", "export", "import", "sha256"
      })
  void everyCommandThatTakesThemHelps(String command) {
    assertEquals(run("info", "--cipher", "help").out(), run(command, "--cipher", "help").out());
    assertEquals(run("info", "--hash", "help").out(), run(command, "--hash=HELP", "no file").out());
  }

  @Test
  void ciphersTellWhatTheyOpenAndWhereTheyComeFrom() {
    CommandRun.Result result = run("info", "--cipher", "help");
    assertEquals("cipher | opens | from", row(result, "cipher"));
    String aes = row(result, "AES");
    assertTrue(aes.contains("XTS of TrueCrypt 5 to 7, VeraCrypt"), aes);
    assertTrue(aes.endsWith(" | FIPS 197"), aes);
    assertEquals(
        "Camellia | XTS of VeraCrypt, system drives of VeraCrypt | RFC 3713",
        row(result, "Camellia"));
    String cascade = row(result, "Kuznyechik-Serpent-Camellia");
    assertTrue(cascade.endsWith("RFC 7801; Anderson, Biham, Knudsen 1998; RFC 3713"), cascade);
  }

  @Test
  void hashesTellWhatTheyOpenAndWhereTheyComeFrom() {
    CommandRun.Result result = run("info", "--hash", "help");
    assertEquals(
        "blake2s | VeraCrypt; system drives of VeraCrypt | RFC 7693", row(result, "blake2s"));
    assertEquals("argon2id | VeraCrypt | RFC 9106", row(result, "argon2id"));
    assertTrue(row(result, "ripemd160").contains("TrueCrypt"));
  }

  @Test
  void theListsHoldWhatTheLibraryHas() {
    List<String> ciphers = Tcplay.ciphers().stream().map(Algorithm::name).toList();
    assertTrue(ciphers.containsAll(Tcplay.diagnostics().ciphers()), ciphers::toString);
    List<String> hashes = Tcplay.hashes().stream().map(Algorithm::name).toList();
    assertTrue(hashes.containsAll(Tcplay.diagnostics().kdfs()), hashes::toString);
    assertEquals(ciphers.size(), run("ls", "--cipher", "help").lines().size() - 1);
  }
}
