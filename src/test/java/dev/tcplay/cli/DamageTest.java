package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands do with a damaged file system. */
class DamageTest {

  private static final int SECTOR = 512;

  /** The sample has one reserved sector and two FATs of a sector each. */
  private static final int ROOT = 3 * SECTOR;

  private static final int ENTRY = 32;
  private static final int VOLUME_LABEL = 0x08;

  @TempDir private Path folder;
  private Path image;
  private byte[] volume;

  @BeforeEach
  void exportVolume() throws IOException {
    image = folder.resolve("volume.img");
    assertEquals(0, Demo.run("export", image).status());
    volume = Files.readAllBytes(image);
  }

  /** Makes every entry of the root begin at a cluster that no FAT12 volume has. */
  private void breakChains() throws IOException {
    for (int entry = ROOT; volume[entry] != 0; entry += ENTRY) {
      boolean empty = volume[entry + 26] == 0 && volume[entry + 27] == 0;
      if ((volume[entry + 11] & VOLUME_LABEL) == 0 && !empty) {
        volume[entry + 26] = (byte) 0xF0;
        volume[entry + 27] = 0x0F;
      }
    }
    Files.write(image, volume);
  }

  private CommandRun.Result run(String command, Object... more) {
    Object[] arguments = new Object[more.length + 3];
    arguments[0] = command;
    arguments[1] = "--plain";
    arguments[2] = image;
    System.arraycopy(more, 0, arguments, 3, more.length);
    return new CommandRun().run(arguments);
  }

  private static void failsInOneLine(CommandRun.Result result) {
    failsInLines(result, "");
  }

  /** Has one line a failure, each of which names the file that failed. */
  private static void failsInLines(CommandRun.Result result, String... files) {
    assertEquals(3, result.status(), result::err);
    List<String> lines = result.err().lines().toList();
    assertEquals(files.length, lines.size(), result::err);
    for (int i = 0; i < files.length; i++) {
      assertTrue(lines.get(i).startsWith("tcplay: " + files[i]), result::err);
    }
    assertFalse(result.err().contains("internal error"), result::err);
  }

  @Test
  void aListingGoesOnAndNamesWhatCannotBeRead() throws IOException {
    breakChains();
    CommandRun.Result root = run("ls");
    assertEquals(0, root.status(), root::err);
    CommandRun.Result deep = new CommandRun().run("ls", "-R", "--plain", image);
    failsInLines(deep, "/docs: ", "/poems: ");
    assertEquals(List.of("docs/", "empty.txt", "hello.txt", "poems/"), deep.lines());
  }

  @Test
  void hashesOfTheFilesThatCanBeReadArePrinted() throws IOException {
    breakChains();
    CommandRun.Result result = run("sha256");
    failsInLines(result, "/docs: ", "/poems: ", "/hello.txt: ");
    assertEquals(1, result.lines().size(), result::out);
    assertTrue(result.out().endsWith("  empty.txt\n"), result::out);
  }

  @Test
  void onlyWholeFilesAreCopied() throws IOException {
    breakChains();
    Path target = folder.resolve("target");
    failsInLines(run("get", "/", target), "/docs: ", "/hello.txt: ", "/poems: ");
    assertTrue(Files.isRegularFile(target.resolve("empty.txt")));
    assertFalse(Files.exists(target.resolve("hello.txt")));
  }

  @Test
  void aDamagedFileEndsCat() throws IOException {
    breakChains();
    failsInOneLine(run("cat", "hello.txt"));
  }

  @Test
  void factsOfTheContainerAreKnownWithoutAFileSystem() throws IOException {
    // The number of FATs.
    volume[16] = 0;
    Files.write(image, volume);
    failsInOneLine(run("ls"));
    CommandRun.Result result = run("info");
    failsInOneLine(result);
    assertTrue(result.lines().contains("data-length: " + volume.length), result::out);
    assertTrue(result.lines().contains("filesystem: -"), result::out);
  }

  @Test
  void infoSaysWhatIsAmissWithAVolumeThatCanBeRead() throws IOException {
    Files.write(image, Arrays.copyOf(volume, volume.length - SECTOR));
    CommandRun.Result result = run("info");
    assertEquals(0, result.status(), result::err);
    assertTrue(result.lines().contains("filesystem: FAT12"), result::out);
    assertEquals(
        "tcplay: warning: the boot sector gives 45056 bytes, the container has 44544\n",
        result.err());
    assertEquals("", run("sha256").err());
  }

  @Test
  void aVolumeWithoutFileSystemIsOneFile() throws IOException {
    Files.write(image, new byte[4096]);
    assertEquals(List.of("volume.img"), run("ls").lines());
    assertTrue(run("info").lines().contains("filesystem: -"));
  }

  @Test
  void whatIsMissingInsideIsStatusThree() {
    CommandRun.Result result = run("cat", "absent.txt");
    failsInOneLine(result);
    assertEquals("tcplay: /absent.txt: no such file\n", result.err());
    failsInOneLine(run("cat", "a?b"));
    failsInOneLine(run("cat", "docs"));
    failsInOneLine(run("ls", "absent"));
    failsInOneLine(run("sha256", "hello.txt/below"));
  }

  @Test
  void whatCannotBeWrittenSaysThatTheVolumeIsLongerThanItsContainer() throws IOException {
    Files.write(image, Arrays.copyOf(volume, volume.length - SECTOR));
    String reason = "the boot sector gives 45056 bytes, the container has 44544";
    for (CommandRun.Result result : List.of(run("mkdir", "new"), run("label", "NEW"))) {
      failsInOneLine(result);
      assertEquals("tcplay: " + image + ": cannot be changed: " + reason + "\n", result.err());
    }
    assertEquals(volume.length - SECTOR, Files.size(image));
  }

  /** The first bytes of a volume: its table, or its root, lies beyond the end. */
  @Test
  void aTableOrRootBeyondTheEndDoesNotHideTheFacts() throws IOException {
    for (int length : new int[] {SECTOR, ROOT, ROOT + SECTOR}) {
      Files.write(image, Arrays.copyOf(volume, length));
      CommandRun.Result result = run("info");
      failsInOneLine(result);
      assertTrue(result.lines().contains("data-length: " + length), result::out);
      assertTrue(result.err().contains("FAT boot sector: it gives a volume of"), result::err);
    }
  }

  @Test
  void aContainerThatWasCutIsReadAndSaysWhatIsMissing() throws IOException {
    byte[] container = Files.readAllBytes(Demo.CONTAINER);
    Path cut = Files.write(folder.resolve("cut.hc"), Arrays.copyOf(container, 160_000));
    Object[] arguments = Demo.arguments("info");
    arguments[List.of(arguments).indexOf(Demo.CONTAINER)] = cut;
    CommandRun.Result info = new CommandRun().run(arguments);
    assertEquals(0, info.status(), info::err);
    assertTrue(info.err().contains("warning: the container was cut at 160000 bytes"), info::err);
    assertTrue(info.lines().contains("data-length: 28672"), info::out);
    for (String command : List.of("export", "import", "mkdir")) {
      Path other = folder.resolve("other");
      Object[] change = Demo.arguments(command, command.equals("mkdir") ? "x" : other);
      change[List.of(change).indexOf(Demo.CONTAINER)] = cut;
      CommandRun.Result result = new CommandRun().run(change);
      assertEquals(command.equals("export") ? 0 : 3, result.status(), result::err);
      assertTrue(result.err().contains("cut at 160000 bytes"), result::err);
    }
    assertEquals(28_672, Files.size(folder.resolve("other")));
    assertEquals(160_000, Files.size(cut));
  }

  @Test
  void behindTheHeadersTheFactsOfAContainerAreLeft() throws IOException {
    byte[] container = Files.readAllBytes(Demo.CONTAINER);
    Path cut = Files.write(folder.resolve("cut.hc"), Arrays.copyOf(container, 131_072));
    Object[] arguments = Demo.arguments("info");
    arguments[List.of(arguments).indexOf(Demo.CONTAINER)] = cut;
    CommandRun.Result info = new CommandRun().run(arguments);
    assertEquals(0, info.status(), info::err);
    assertTrue(info.lines().contains("cipher: AES"), info::out);
    assertTrue(info.lines().contains("data-length: 0"), info::out);
    assertTrue(info.err().contains("45056 of the 45056 bytes"), info::err);
  }

  @Test
  void aLabelOfADashIsNoMissingLabel() throws IOException {
    assertEquals(0, run("label", "-").status());
    assertTrue(run("info", "--json").out().contains("\"label\": \"-\""));
    assertEquals(0, run("label", "").status());
    assertTrue(run("info", "--json").out().contains("\"label\": null"));
    assertTrue(run("info").lines().contains("label: -"));
  }
}
