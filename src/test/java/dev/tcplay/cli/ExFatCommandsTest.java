package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on an exFAT volume. */
class ExFatCommandsTest {

  @TempDir private Path folder;
  private Path container;

  @BeforeEach
  void name() {
    container = folder.resolve("new.hc");
  }

  private static CommandRun.Result fine(CommandRun.Result result) {
    assertEquals("", result.errBesidesAdvice());
    assertEquals(0, result.status());
    return result;
  }

  private CommandRun.Result create(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("create", "--password", "x", "--pim", 1, "--type", "exfat"));
    arguments.addAll(List.of(more));
    arguments.add(container);
    return new CommandRun().run(arguments.toArray());
  }

  private CommandRun.Result on(String command, Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of(command, "--password", "x", "--pim", 1, "--hash", "sha512"));
    arguments.addAll(List.of(more));
    return new CommandRun().run(arguments.toArray());
  }

  private void assertSound() throws Exception {
    Path image = folder.resolve("volume.img");
    fine(on("export", "--force", container, image));
    Judge.Verdict fsck = Judge.run("fsck.exfat", "-n", image.toString());
    assertEquals(0, fsck.status(), fsck.output());
  }

  @Test
  void aVolumeIsMadeNamedFilledListedAndChecked() throws Exception {
    fine(create("--size", "4M", "--label", "Grün 日本"));
    List<String> facts = fine(on("info", container)).lines();
    assertTrue(facts.contains("filesystem: exFAT"), facts::toString);
    assertTrue(facts.contains("label: Grün 日本"), facts::toString);
    byte[] bytes = new byte[100_000];
    new Random(Seeds.of("aVolumeIsMadeNamedFilledListedAndChecked")).nextBytes(bytes);
    Path file = Files.write(folder.resolve("A long name of a file.bin"), bytes);
    fine(on("mkdir", container, "/in"));
    fine(on("put", container, file, "/in"));
    fine(on("label", container, "other"));
    assertEquals(List.of("other"), fine(on("label", container)).lines());
    assertEquals(List.of("A long name of a file.bin"), fine(on("ls", container, "/IN")).lines());
    assertArrayEquals(bytes, fine(on("cat", container, "/in/a LONG name of a file.BIN")).bytes());
    assertEquals("", fine(on("check", container)).out());
    assertSound();
    fine(on("rm", container, "/in/A long name of a file.bin"));
    assertEquals("", fine(on("check", container)).out());
    assertSound();
  }

  @Test
  void oneKindIsMadeInThePlaceOfTheOther() throws Exception {
    fine(create("--size", "8M"));
    fine(on("format", "--type", "FAT16", container));
    assertTrue(fine(on("info", container)).lines().contains("filesystem: FAT16"));
    fine(on("format", "--type", "exFAT", "--label", "again", container));
    List<String> facts = fine(on("info", container)).lines();
    assertTrue(facts.contains("filesystem: exFAT"), facts::toString);
    assertTrue(facts.contains("label: again"), facts::toString);
    assertSound();
  }

  @Test
  void theSmallestHasOneMebibyte() throws Exception {
    fine(create("--size", "1280K"));
    assertSound();
    Files.delete(container);
    CommandRun.Result small = create("--size", "1279K");
    assertEquals(2, small.status());
    assertTrue(
        small
            .err()
            .contains(
                "exFAT needs a volume of at least 1048576 bytes, with its headers 1310720;"
                    + " this one has 1047552"),
        small::err);
    fine(create("--size", "1280K"));
    CommandRun.Result unknown = on("format", "--type", "ntfs", container);
    assertEquals(2, unknown.status());
    assertTrue(unknown.err().contains("there are fat12, fat16, fat32 and exfat"), unknown::err);
    Files.delete(container);
    CommandRun.Result label = create("--size", "2M", "--label", "twelve chars");
    assertEquals(2, label.status());
    assertTrue(label.err().contains("at most 11 characters"), label::err);
  }

  @Test
  void aHiddenVolumeLiesBehindItsEnd() throws Exception {
    fine(
        create("--size", "8M", "--hidden-size", "3M", "--hidden-password", "y", "--hidden-pim", 1));
    assertSound();
    fine(on("check", container));
    List<String> inside =
        fine(new CommandRun().run("info", "--password", "y", "--pim", 1, container)).lines();
    assertTrue(inside.contains("kind: hidden"), inside::toString);
  }
}
