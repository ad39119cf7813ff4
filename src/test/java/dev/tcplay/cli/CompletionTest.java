package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What shells make of the scripts. */
class CompletionTest {

  /** Has bash's own table say which function completes the command, and calls it as bash does. */
  private static final String IN_BASH =
      """
      compopt() { :; }
      source "$1"
      shift
      function=$(builtin complete -p tcplay | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      "$function" tcplay "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir private static Path folder;

  /** Returns the file of a script, which is made once. */
  private static Path script(String shell) throws IOException {
    Path file = folder.resolve(shell);
    if (!Files.exists(file)) {
      CommandRun.Result result = new CommandRun().run("completion", shell);
      assertEquals(0, result.status(), result::err);
      Files.write(file, result.bytes());
    }
    return file;
  }

  private static Set<String> words(Judge.Verdict verdict) {
    Set<String> words = new TreeSet<>();
    verdict.output().lines().map(line -> line.strip().replaceFirst("\t.*", "")).forEach(words::add);
    return words;
  }

  @ParameterizedTest
  @CsvSource({
    "tcplay he,header help",
    "tcplay header ba,backup",
    "tcplay help he,header help",
    "tcplay man fin,find",
    "tcplay ls --no-b,--no-backup-header",
    "tcplay ls --password,--password --password-command --password-encoding --password-file",
    "tcplay ls --hash sha,sha1 sha256 sha512",
    "tcplay ls --cipher AES-T,AES-Twofish AES-Twofish-Serpent",
    "tcplay ls --format pl,plain",
    "tcplay passwd --new-format T,TrueCrypt",
    "tcplay passwd --format pl,plain",
    "tcplay create --outer-hash w,whirlpool",
    "tcplay cryptdisks start --dialect d,debian dragonfly",
    "tcplay info --keyfile READ,README.md",
    "tcplay info LICEN,LICENSE",
    "tcplay completion f,fish"
  })
  void bashAndFishComplete(String line, String expected) throws Exception {
    Judge.run("seq", "1"); // picocli's script for bash calls it
    Set<String> wanted = new TreeSet<>(Set.of(expected.split(" ")));
    String bash = script("bash").toString();
    String[] command = ("bash -c SCRIPT bash FILE " + line).split(" ");
    command[2] = IN_BASH;
    command[4] = bash;
    assertEquals(wanted, words(Judge.run(command)));
    String complete = "source $argv[1]; complete -C $argv[2]";
    assertEquals(
        wanted,
        words(Judge.run("fish", "--no-config", "-c", complete, script("fish").toString(), line)));
  }

  @Test
  void zshTakesTheScript() throws Exception {
    String load = "autoload -U compinit; compinit -D -u; source $1; print $_comps[tcplay]";
    Judge.Verdict verdict = Judge.run("zsh", "-f", "-c", load, "zsh", script("zsh").toString());
    assertEquals(
        "_bash_complete -F _complete_tcplay -o default\n",
        verdict.output().replaceFirst("(_bash_complete) (-o default) (-F \\S+)", "$1 $3 $2"));
  }
}
