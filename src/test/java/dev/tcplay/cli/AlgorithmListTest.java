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
    assertEquals("cipher | from | opens", row(result, "cipher"));
    String aes = row(result, "AES");
    assertTrue(aes.contains("XTS of TrueCrypt 5 to 7, VeraCrypt"), aes);
    assertTrue(aes.startsWith("AES | FIPS 197 | "), aes);
    assertEquals(
        "Camellia | RFC 3713 | XTS of VeraCrypt, system drives of VeraCrypt",
        row(result, "Camellia"));
    String cascade = row(result, "Kuznyechik-Serpent-Camellia");
    assertTrue(cascade.contains("RFC 7801; Anderson, Biham, Knudsen 1998; RFC 3713 |"), cascade);
    int opens = result.lines().get(0).indexOf("opens");
    for (String line : result.lines().subList(1, result.lines().size())) {
      assertTrue(line.substring(0, opens).endsWith("  "), line);
      assertTrue(line.substring(opens).matches("(XTS|LRW|CBC) of .*"), line);
    }
  }

  @Test
  void hashesTellWhatTheyOpenAndWhereTheyComeFrom() {
    CommandRun.Result result = run("info", "--hash", "help");
    assertEquals(
        "blake2s | RFC 7693 | VeraCrypt; system drives of VeraCrypt", row(result, "blake2s"));
    assertEquals("argon2id | RFC 9106 | VeraCrypt", row(result, "argon2id"));
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
