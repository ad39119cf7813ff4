package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.GenuineImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --protect-hidden} on a container that VeraCrypt made. */
class ProtectHiddenTest {

  private static final String OUTER = "outer horse battery staple";
  private static final String HIDDEN = "hidden horse battery staple";

  @TempDir Path folder;
  private Path container;

  @BeforeEach
  void copyContainer() throws IOException {
    Path genuine =
        GenuineImages.folder("veracrypt").resolve("aes-twofish-serpent-sha512-hidden.hc");
    container = Files.copy(genuine, folder.resolve("copy.hc"));
  }

  private static CommandRun.Result run(CommandRun run, String command, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(command, "--pim", 1, "--hash", "sha512"));
    arguments.addAll(List.of("--cipher", "AES-Twofish-Serpent", "--protect-hidden"));
    arguments.addAll(List.of("--hidden-pim", 1, "--hidden-hash", "whirlpool"));
    arguments.addAll(List.of(more));
    return run.run(arguments.toArray());
  }

  private CommandRun.Result given(String command, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("--password", OUTER));
    arguments.addAll(List.of("--hidden-password", HIDDEN));
    arguments.addAll(List.of(more));
    return run(new CommandRun(), command, arguments.toArray());
  }

  @Test
  void infoSaysWhatIsProtected() {
    CommandRun.Result result = given("info", container);
    assertEquals(0, result.status(), result::err);
    String start = start(result);
    assertTrue(Integer.parseInt(start) > 131_072, start);
    assertTrue(given("info", "--json", container).out().contains("\"protected-start\": " + start));
  }

  private static String start(CommandRun.Result info) {
    return info.lines().stream()
        .filter(line -> line.startsWith("protected-start: "))
        .map(line -> line.substring(17))
        .findFirst()
        .orElse("");
  }

  @Test
  void putIsRefusedWhereItWouldOverwriteTheHiddenVolume() throws IOException {
    CommandRun.Result info = given("info", container);
    int start = Integer.parseInt(start(info));
    byte[] before = Files.readAllBytes(container);
    byte[] large = new byte[before.length - start];
    new Random(1).nextBytes(large);
    Path small = Files.writeString(folder.resolve("small"), "small");
    Path big = Files.write(folder.resolve("big"), large);
    CommandRun.Result fine = given("put", container, small, "/");
    assertEquals(0, fine.status(), fine::err);
    Path filling = Files.write(folder.resolve("filling"), Arrays.copyOf(large, start - 131_072));
    CommandRun.Result refused = given("put", container, filling, big, small, "/");
    assertEquals(3, refused.status());
    assertTrue(refused.err().contains("refused, to protect"), refused::err);
    assertTrue(refused.err().contains(container + ": has become read-only"), refused::err);
    assertEquals(2, refused.err().lines().count(), refused::err);
    byte[] after = Files.readAllBytes(container);
    int length = before.length - 131_072 - start;
    assertArrayEquals(
        Arrays.copyOfRange(before, start, start + length),
        Arrays.copyOfRange(after, start, start + length));
    assertEquals("small", given("cat", container, "/small").out());
  }

  @Test
  void theNextPutRemovesWhatARefusedOneCouldNot() throws IOException {
    int start = Integer.parseInt(start(given("info", container)));
    Path big = Files.write(folder.resolve("big"), new byte[start]);
    Path small = Files.writeString(folder.resolve("small"), "small");
    assertEquals(3, given("put", container, big, "/").status());
    assertTrue(given("ls", container).out().contains(".part"));
    Path alike = Files.writeString(folder.resolve(".tcplay-mine.part"), "of a user's");
    CommandRun.Result fine = given("put", container, small, alike, "/");
    assertEquals(0, fine.status(), fine::err);
    List<String> parts =
        given("ls", container).lines().stream().filter(line -> line.endsWith(".part")).toList();
    assertEquals(List.of(".tcplay-mine.part"), parts);
  }

  @Test
  void aDirectoryThatNothingCameIntoIsNotMade() throws IOException {
    Path big = Files.write(folder.resolve("big"), new byte[(int) Files.size(container)]);
    Path small = Files.writeString(folder.resolve("small"), "small");
    List<String> before = given("ls", container).lines();
    CommandRun.Result refused = given("put", container, big, "/new/below");
    assertEquals(3, refused.status());
    assertTrue(refused.err().contains("are free"), refused::err);
    assertEquals(before, given("ls", container).lines());
    assertEquals(3, given("put", container, big, small, "/new/below").status());
    assertEquals("small", given("cat", container, "/new/below/small").out());
  }

  /** The bytes between the headers and the backup headers that are the hidden volume's. */
  private byte[] hiddenVolume(int start) throws IOException {
    byte[] all = Files.readAllBytes(container);
    return Arrays.copyOfRange(all, start, all.length - 131_072);
  }

  @Test
  void aLabelAndARepairLeaveTheHiddenVolumeIntact() throws Exception {
    int start = Integer.parseInt(start(given("info", container)));
    byte[] before = hiddenVolume(start);
    CommandRun.Result label = given("label", container, "OUTSIDE");
    assertEquals(0, label.status(), label::err);
    assertEquals(List.of("OUTSIDE"), given("label", container).lines());
    // A file whose chain ends in a cut: it is refused halfway, and what was written is lost.
    Path big = Files.write(folder.resolve("big"), new byte[start]);
    assertEquals(3, given("put", container, big, "/").status());
    CommandRun.Result check = given("check", container);
    assertEquals(4, check.status(), check::out);
    CommandRun.Result repair = given("check", "--repair", container);
    assertEquals(0, repair.status(), repair::out);
    assertEquals("", given("check", container).out());
    assertArrayEquals(before, hiddenVolume(start));
    assertEquals(List.of("OUTSIDE"), given("label", container).lines());
  }

  @Test
  void passwordsThatAreNotGivenAreAskedForTheOuterOneFirst() {
    List<String> asked = new ArrayList<>();
    CommandRun person =
        new CommandRun()
            .prompt(
                question -> {
                  asked.add(question);
                  return (question.contains("hidden") ? HIDDEN : OUTER).toCharArray();
                });
    CommandRun.Result result = run(person, "ls", container);
    assertEquals(0, result.status(), result::err);
    assertEquals(
        List.of("Password for " + container, "Password for the hidden volume in " + container),
        asked);
  }

  @Test
  void bothPasswordsMayComeFromStandardInput() {
    CommandRun run = new CommandRun().in(OUTER + "\n" + HIDDEN + "\n");
    CommandRun.Result result =
        run(run, "ls", "--password-file", "-", "--hidden-password-file", "-", container);
    assertEquals(0, result.status(), result::err);
  }

  @Test
  void aWrongPasswordOfTheHiddenVolumeIsRefused() {
    CommandRun.Result result =
        run(
            new CommandRun(),
            "rm",
            "--password",
            OUTER,
            "--hidden-password",
            "geheim",
            container,
            "/x");
    assertEquals(1, result.status());
    assertTrue(result.err().contains("hidden volume, which is to be protected"), result::err);
    assertFalse(result.err().contains("geheim"), result::err);
  }

  @Test
  void whatMakesNoSenseIsMisuse() throws IOException {
    byte[] before = Files.readAllBytes(container);
    for (Object[] words :
        new Object[][] {
          {"info", "--password", OUTER, "--hidden-password", HIDDEN, container},
          {"info", "--password", OUTER, "--hidden-pim", 1, container},
          {"info", "--password", OUTER, "--protect-hidden", "--hidden", container},
          {"info", "--plain", "--protect-hidden", "--hidden-password", HIDDEN, container},
          {"import", "--password", OUTER, "--protect-hidden", container, container}
        }) {
      CommandRun.Result result = new CommandRun().run(words);
      assertEquals(2, result.status(), result::err);
      assertFalse(result.err().contains("staple"), result::err);
    }
    CommandRun.Result nobody = run(new CommandRun(), "ls", "--password", OUTER, container);
    assertEquals(2, nobody.status(), nobody::err);
    assertArrayEquals(before, Files.readAllBytes(container));
  }
}
