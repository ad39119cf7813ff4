package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that makes hidden volumes, writes in place and goes on. */
class CreateHiddenTest {

  private static final String OUTER = "the outer horse battery staple";
  private static final String INSIDE = "the hidden horse battery staple";

  @TempDir private Path folder;
  private Path container;

  @BeforeEach
  void name() {
    container = folder.resolve("new.hc");
  }

  private static CommandRun.Result run(Object... arguments) {
    return new CommandRun().run(arguments);
  }

  private static CommandRun.Result fine(CommandRun.Result result) {
    assertEquals(0, result.status(), result::err);
    return result;
  }

  private void assertInfo(String password, String... facts) {
    List<Object> arguments =
        List.of("info", "--password", password, "--pim", 1, "--hash", "sha512", container);
    CommandRun.Result info = fine(run(arguments.toArray()));
    for (String fact : facts) {
      assertTrue(info.lines().contains(fact), info::out);
    }
  }

  private CommandRun.Result createOuter(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("create", "--password", OUTER, "--pim", 1, "--size", "4M"));
    arguments.addAll(List.of(more));
    arguments.add(container);
    return run(arguments.toArray());
  }

  @Test
  void oneCallMakesBoth() {
    CommandRun.Result made =
        fine(createOuter("--hidden-size", "1M", "--hidden-password", INSIDE, "--hidden-pim", 1));
    assertTrue(
        made.out().startsWith("hidden volume: 1048576 bytes at the end of " + container),
        made::out);
    assertInfo(OUTER, "kind: normal", "filesystem: FAT12");
    assertInfo(INSIDE, "kind: hidden", "filesystem: FAT12");
  }

  @Test
  void theHiddenVolumeIsEncryptedAsTheOuterOneUnlessSaidOtherwise() {
    fine(
        createOuter(
            "--hidden-size",
            "1M",
            "--hidden-password",
            INSIDE,
            "--hidden-pim",
            1,
            "--cipher",
            "Serpent"));
    assertInfo(INSIDE, "kind: hidden", "cipher: Serpent", "prf: sha512");
  }

  @Test
  void aSecondCallAsksForBothPasswordsAndSaysWhatIsSafe() {
    fine(createOuter());
    List<String> asked = new ArrayList<>();
    Iterator<String> typed = List.of(INSIDE, INSIDE, OUTER).iterator();
    CommandRun run =
        new CommandRun()
            .prompt(
                question -> {
                  asked.add(question);
                  return typed.next().toCharArray();
                });
    CommandRun.Result made =
        fine(
            run.run(
                "create",
                "--hidden",
                "--size",
                "max",
                "--pim",
                1,
                "--outer-pim",
                1,
                "--outer-hash",
                "sha512",
                container));
    assertEquals(
        List.of(
            "New password for the hidden volume in " + container,
            "The same again",
            "Password for the outer volume in " + container),
        asked);
    assertTrue(made.out().matches("(?s)hidden volume: (\\d+) bytes .*; up to \\1 are safe\n"));
    assertInfo(INSIDE, "kind: hidden");
    assertInfo(OUTER, "kind: normal");
  }

  @Test
  void whatIsTooLargeNamesWhatIsSafe() throws IOException {
    fine(createOuter());
    byte[] before = Files.readAllBytes(container);
    CommandRun.Result refused =
        run(
            "create",
            "--hidden",
            "--size",
            "5M",
            "--password",
            INSIDE,
            "--pim",
            1,
            "--outer-password",
            OUTER,
            "--outer-pim",
            1,
            "--outer-hash",
            "sha512",
            container);
    assertEquals(2, refused.status());
    assertTrue(refused.err().contains("a hidden volume may have 40960 to "), refused::err);
    assertArrayEquals(before, Files.readAllBytes(container));
  }

  @Test
  void optionsThatDoNotGoTogetherAreAMisuse() {
    for (Object[] wrong :
        List.of(
            new Object[] {"--hidden", "--hidden-size", "1M"},
            new Object[] {"--outer-password", "x"},
            new Object[] {"--hidden-password", "x"},
            new Object[] {"--resume", "--in-place", "--force"},
            new Object[] {"--resume-at", "512"})) {
      CommandRun.Result refused = createOuter(wrong);
      assertTrue(refused.status() == 2 || refused.status() == 3, refused::err);
      assertFalse(Files.exists(container));
    }
  }

  @Test
  void whatIsThereIsOverwrittenInPlace() throws IOException {
    Files.write(container, new byte[1 << 20]);
    CommandRun.Result refused =
        run("create", "--in-place", "--password", OUTER, "--pim", 1, container);
    assertEquals(3, refused.status(), refused::err);
    Object key = Files.readAttributes(container, "unix:ino").get("ino");
    fine(run("create", "--in-place", "--force", "--password", OUTER, "--pim", 1, container));
    assertEquals(key, Files.readAttributes(container, "unix:ino").get("ino"));
    assertInfo(OUTER, "filesystem: FAT12");
  }

  @Test
  void weaknessesAreWarnedOf() {
    CommandRun.Result made =
        fine(run("create", "--password", "x", "--pim", 1, "--size", "292K", "--quick", container));
    assertEquals(3, made.err().lines().filter(l -> l.startsWith("tcplay: warning: ")).count());
  }
}
