package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import dev.tcplay.testing.Page;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * What docs/migration.md says to type in place of other commands is understood, and does it: each
 * runs on containers of its own. Those that serve a volume, want a system drive, or take long are
 * parsed only.
 */
class MigrationTest {

  private static final Pattern COMMAND = Pattern.compile("`tcplay ([^`]*)`");

  /** What serves until it is stopped, wants such a server, or takes long. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "map",
          "mount",
          "serve",
          "unmap",
          "unmount",
          "list",
          "cryptdisks",
          "selftest",
          "benchmark");

  /** How the passwords are said that the page leaves out: options that begin like this. */
  private static final Map<String, String> PASSWORDS =
      Map.of("--", "an open secret", "--hidden-", "a deep secret", "--outer-", "an open secret");

  @TempDir private static Path ready;

  @TempDir private Path folder;

  @BeforeAll
  static void makeWhatTheCommandsWorkOn() throws IOException {
    Tcplay.create(ready.resolve("outer.hc"))
        .size(4 << 20)
        .password("an open secret")
        .pim(1)
        .create();
    Tcplay.create(ready.resolve("old.tc"))
        .size(1 << 20)
        .format("TrueCrypt")
        .password("an open secret")
        .create();
    Path volume = ready.resolve("vol.hc");
    try (Keys hidden = Keys.builder().password("a deep secret").pim(1).build()) {
      Tcplay.create(volume)
          .size(4 << 20)
          .password("an open secret")
          .pim(1)
          .withHidden(1 << 20, hidden)
          .create();
    }
    try (var files = Tcplay.open(volume).password("an open secret").pim(1).mount()) {
      Files.writeString(files.getPath("/hello.txt"), "hello");
    }
    var headers = Tcplay.headers(volume).password("an open secret").pim(1);
    headers.backUp(ready.resolve("backup"));
    Files.writeString(ready.resolve("letter.txt"), "a letter");
    Files.createDirectory(ready.resolve("out"));
    PASSWORDS.forEach(MigrationTest::writePassword);
  }

  private static void writePassword(String prefix, String password) {
    try {
      Files.writeString(ready.resolve("password" + prefix), password);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCommandDoesWhatItShould() throws IOException {
    Page page = Page.read("docs/migration.md");
    List<String> commands = new ArrayList<>();
    for (String head :
        List.of(
            "| veracrypt -t | tcplay |",
            "| cryptsetup | tcplay |",
            "| tcplay | tcplay of this project |")) {
      List<List<String>> rows = page.rows(head);
      assertTrue(rows.size() > 5, head);
      for (List<String> row : rows) {
        List<String> found =
            COMMAND.matcher(row.get(1)).results().map(result -> result.group(1)).toList();
        assertTrue(!found.isEmpty(), () -> "no command in " + row);
        commands.addAll(found);
      }
    }
    return commands.stream()
        .distinct()
        .map(command -> DynamicTest.dynamicTest(command, () -> check(command.split(" "))));
  }

  private void check(String... words) throws IOException {
    CommandLine parser = TcplayCommand.create(Terminal.system());
    ParseResult parsed = parser.parseArgs(words);
    int subcommands = 0;
    for (; parsed.hasSubcommand(); subcommands++) {
      parsed = parsed.subcommand();
    }
    List<String> options = parsed.commandSpec().optionsMap().keySet().stream().toList();
    if (ELSEWHERE.contains(words[0]) || List.of(words).contains("disk.img")) {
      return;
    }
    Path work = copy(ready, Files.createTempDirectory(folder, "work"));
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      arguments.add(i >= subcommands && isName(words[i]) ? work.resolve(words[i]) : words[i]);
    }
    arguments.addAll(subcommands, passwords(options, Arrays.asList(words)));
    CommandRun.Result result = new CommandRun().run(arguments.toArray());
    assertEquals(0, result.status(), result::err);
  }

  /** Names of files outside stand in the page without a slash, and are those that are made here. */
  private static boolean isName(String word) {
    return List.of("new.hc", "headers", "key").contains(word)
        || (Files.exists(ready.resolve(word)) && !word.startsWith("-"));
  }

  private List<Object> passwords(List<String> options, List<String> words) {
    boolean creates = words.contains("create") && !words.contains("keyfile");
    boolean two = words.contains("--protect-hidden") || words.contains("--hidden-size");
    List<Object> said = new ArrayList<>();
    if (options.contains("--password-file")) {
      said.addAll(keys("--", words.contains("--hidden") ? "--hidden-" : "--", words));
    }
    if (two) {
      said.addAll(keys("--hidden-", "--hidden-", words));
    }
    if (creates && words.contains("--hidden")) {
      said.addAll(keys("--outer-", "--outer-", words));
    }
    if (options.contains("--new-password-file")) {
      said.addAll(List.of("--new-pim", 2));
    }
    return said;
  }

  /** Opens soon: the page does without a PIM and a hash, which take many seconds. */
  private List<Object> keys(String prefix, String of, List<String> words) {
    List<Object> keys = new ArrayList<>();
    keys.addAll(List.of(prefix + "password-file", ready.resolve("password" + of)));
    if (!words.contains("TrueCrypt")) {
      keys.addAll(List.of(prefix + "pim", 1));
    }
    if (!words.contains("--hash")) {
      keys.addAll(List.of(prefix + "hash", "sha512"));
    }
    return keys;
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes facts)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
    return to;
  }
}
