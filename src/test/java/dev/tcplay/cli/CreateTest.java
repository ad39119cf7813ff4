package dev.tcplay.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making containers, and file systems in what exists. */
class CreateTest {

  @TempDir private Path folder;
  private Path container;

  @BeforeEach
  void name() {
    container = folder.resolve("new.hc");
  }

  private static void fine(CommandRun.Result result) {
    assertEquals("", withoutAdvice(result));
    assertEquals(0, result.status());
    assertEquals("", result.out());
  }

  /** What a new container is warned of, these tests do not mind. */
  private static String withoutAdvice(CommandRun.Result result) {
    return result
        .err()
        .lines()
        .filter(line -> !line.startsWith("tcplay: warning: "))
        .collect(joining("\n"));
  }

  private static void fails(int status, String message, CommandRun.Result result) {
    assertEquals(status, result.status(), result::err);
    assertTrue(result.err().contains(message), result::err);
  }

  private void create(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("create", "--password", "x", "--pim", 1, "--quick"));
    arguments.addAll(List.of(more));
    arguments.add(container);
    fine(new CommandRun().run(arguments.toArray()));
  }

  private CommandRun.Result on(String command, Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of(command, "--password", "x", "--pim", 1, "--hash", "sha512"));
    arguments.addAll(List.of(more));
    return new CommandRun().run(arguments.toArray());
  }

  private void assertFact(String fact) {
    CommandRun.Result info = on("info", container);
    assertEquals(0, info.status(), info::err);
    assertTrue(info.lines().contains(fact), info::out);
  }

  private void assertSound() throws Exception {
    Path image = folder.resolve("volume.img");
    fine(on("export", "--force", container, image));
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", image.toString());
    assertEquals(0, fsck.status(), fsck.output());
  }

  @Test
  void aContainerIsMadeWithWhatTheOptionsSay() throws Exception {
    create("--size", "4m", "--cipher", "Serpent-AES", "--label", "Letters", "--type", "fat12");
    assertEquals(4 << 20, Files.size(container));
    assertFact("format: VeraCrypt");
    assertFact("cipher: Serpent-AES");
    assertFact("iterations: 16000");
    assertFact("filesystem: FAT12");
    assertFact("label: LETTERS");
    assertSound();
  }

  @Test
  void thePasswordIsAskedForTwice() {
    List<String> asked = new ArrayList<>();
    CommandRun run =
        new CommandRun()
            .prompt(
                question -> {
                  asked.add(question);
                  return new char[] {'x'};
                });
    fine(run.run("create", "--size", "292K", "--pim", 1, container));
    assertEquals(List.of("New password for " + container, "The same again"), asked);
    assertFact("filesystem: FAT12");
  }

  @Test
  void twoPasswordsThatDifferThreeTimesMakeNothing() {
    Iterator<String> typed = List.of("one", "two", "three", "tree", "five", "fife").iterator();
    CommandRun run = new CommandRun().prompt(question -> typed.next().toCharArray());
    CommandRun.Result result = run.run("create", "--size", "1M", container);
    fails(2, "the two passwords differ", result);
    assertEquals(3, result.err().lines().filter(line -> line.contains("differ")).count());
    assertFalse(typed.hasNext());
    assertFalse(Files.exists(container));
  }

  @Test
  void aNewPasswordThatWasMistypedIsAskedForAgain() {
    Iterator<String> typed = List.of("one", "two", "x", "x").iterator();
    CommandRun run = new CommandRun().prompt(question -> typed.next().toCharArray());
    CommandRun.Result result = run.run("create", "--size", "292K", "--pim", 1, container);
    assertEquals(0, result.status(), result::err);
    assertEquals("tcplay: the two passwords differ\n", result.errBesidesAdvice());
    assertFalse(typed.hasNext());
    assertFact("filesystem: FAT12");
  }

  @Test
  void withoutAPasswordAndAConsoleNothingIsMade() {
    fails(2, "no password", new CommandRun().run("create", "--size", "1M", container));
    assertFalse(Files.exists(container));
  }

  @Test
  void keyfilesAndStandardInputMayGiveTheSecrets() throws IOException {
    Path keyfile = Files.writeString(folder.resolve("key"), "key");
    String[] secrets = {"--pim", "1", "--keyfile", keyfile.toString(), "--password-file", "-"};
    CommandRun run = new CommandRun().in("from a pipe\n");
    List<Object> arguments = new ArrayList<>(List.of("create", "--size", "292K"));
    arguments.addAll(List.of((Object[]) secrets));
    arguments.add(container);
    fine(run.run(arguments.toArray()));
    List<Object> info = new ArrayList<>(List.of("info", "--hash", "sha512"));
    info.addAll(List.of((Object[]) secrets));
    info.add(container);
    assertEquals(0, run.run(info.toArray()).status());
  }

  @Test
  void anExistingFileIsReplacedWithForceOnly() throws IOException {
    Files.writeString(container, "kept");
    CommandRun run =
        new CommandRun()
            .prompt(
                question -> {
                  throw new AssertionError("asked for a password");
                });
    fails(3, "exists already", run.run("create", "--size", "292K", container));
    assertEquals("kept", Files.readString(container));
    create("--force", "--size", "292K");
    assertFact("filesystem: FAT12");
  }

  @Test
  void whatCannotBeIsAMisuse() {
    for (Object[] wrong :
        List.of(
            new Object[] {"--size", "300001"},
            new Object[] {"--size", "1K"},
            new Object[] {"--size", "1X"},
            new Object[] {"--size", "1M", "--type", "fat32"},
            new Object[] {"--size", "1M", "--type", "ntfs"},
            new Object[] {"--size", "1M", "--label", "a/b"},
            new Object[] {"--size", "1M", "--hash", "md5"})) {
      List<Object> arguments = new ArrayList<>(List.of("create", "--password", "x"));
      arguments.addAll(List.of(wrong));
      arguments.add(container);
      CommandRun.Result result = new CommandRun().run(arguments.toArray());
      assertEquals(2, result.status(), result::err);
      assertEquals(1, result.err().lines().count(), result::err);
      assertFalse(Files.exists(container));
    }
  }

  @Test
  void anExistingContainerIsFormatted() throws Exception {
    create("--size", "16M");
    assertFact("filesystem: FAT16");
    assertFact("label: -");
    fine(on("format", "--type", "FAT12", "--label", "again", container));
    assertFact("filesystem: FAT12");
    assertFact("label: AGAIN");
    assertSound();
  }

  @Test
  void aBareImageIsFormattedWithPlain() throws Exception {
    Path image = Files.write(folder.resolve("bare.img"), new byte[1 << 20]);
    fine(new CommandRun().run("format", "--plain", image));
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", image.toString());
    assertEquals(0, fsck.status(), fsck.output());
  }

  @Test
  void whatIsMissingOrInUseIsNotFormatted() throws IOException {
    CommandRun run =
        new CommandRun()
            .prompt(
                question -> {
                  throw new AssertionError("asked for a password");
                });
    fails(3, "no such file", run.run("format", container));
    create("--size", "292K");
    byte[] before = Files.readAllBytes(container);
    try (FileSystem reader =
        Tcplay.open(container).password("x").pim(1).hash("sha512").readOnly(true).mount()) {
      assertTrue(reader.isOpen());
      fails(3, "new.hc", on("format", container));
    }
    fails(2, "FAT32 needs a volume of at least ", on("format", "--type", "fat32", container));
    assertArrayEquals(before, Files.readAllBytes(container));
  }
}
