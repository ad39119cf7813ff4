package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.DiskTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on disks with partition tables. */
class PartitionsCommandTest {

  private static final int MIB = 1 << 20;
  private static final String FIRST =
      "partition: 1 Microsoft basic data start 1048576 length 16777216 label - filesystem FAT16";
  private static final String THIRD =
      "partition: 3 Linux filesystem start 20971520 length 16777216 label Größe 字 filesystem ";

  @TempDir private Path folder;
  private Path image;

  @BeforeEach
  void makeDisk() throws Exception {
    image =
        DiskTools.sgdisk(
            folder.resolve("disk.img"),
            48 * MIB,
            "-n",
            "1:2048:+16M",
            "-t",
            "1:0700",
            "-n",
            "3:40960:+16M",
            "-c",
            "3:Größe 字");
    DiskTools.fat(image, MIB, 16 * MIB, 16, "one");
  }

  private static CommandRun.Result run(String command, Object... more) {
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = command;
    arguments[1] = "--plain";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return new CommandRun().run(arguments);
  }

  private static CommandRun.Result fine(CommandRun.Result result) {
    assertEquals("", result.err());
    assertEquals(0, result.status());
    return result;
  }

  @Test
  void infoListsThePartitionsAndNamesTheMountedOne() {
    List<String> lines = fine(run("info", image)).lines();
    assertEquals("data-length: 50331648", lines.get(8));
    assertEquals("filesystem: FAT16", lines.get(11));
    assertEquals(
        List.of("mounted-partition: 1", FIRST, THIRD + "-"), lines.subList(14, lines.size()));
    String json = fine(run("info", "--json", image)).out();
    assertTrue(
        json.endsWith(
            "\"mounted-partition\": 1, \"partitions\": [{\"number\": 1, \"type\":"
                + " \"Microsoft basic data\", \"start\": 1048576, \"length\": 16777216, \"label\":"
                + " null, \"filesystem\": \"FAT16\"}, {\"number\": 3, \"type\":"
                + " \"Linux filesystem\", \"start\": 20971520, \"length\": 16777216, \"label\":"
                + " \"Größe 字\", \"filesystem\": null}]}\n"),
        json);
  }

  @Test
  void infoOfAPartitionTellsOfThatOne() {
    List<String> lines = fine(run("info", "--partition", 3, image)).lines();
    assertTrue(lines.containsAll(List.of("data-offset: 20971520", "data-length: 16777216")));
    assertEquals(List.of("mounted-partition: 3", THIRD + "-"), lines.subList(14, lines.size()));
  }

  @Test
  void infoListsSeveralFileSystemsAndOtherCommandsAskForTheOption() throws Exception {
    DiskTools.fat(image, 20 * MIB, 16 * MIB, 16, "three");
    CommandRun.Result info = run("info", image);
    assertEquals(0, info.status());
    assertTrue(info.err().startsWith("tcplay: warning: "), info.err());
    assertTrue(info.lines().containsAll(List.of("filesystem: -", "mounted-partition: -", FIRST)));
    assertTrue(info.lines().contains(THIRD + "FAT16"));
    CommandRun.Result refused = run("cat", image, "A.TXT");
    assertEquals(3, refused.status());
    assertTrue(refused.err().contains("--partition"), refused.err());
    assertEquals("three", fine(run("cat", "--partition", 3, image, "A.TXT")).out());
  }

  @Test
  void aDiskWithoutAKnownFileSystemIsListedAsOneFileWithAWarning() throws Exception {
    DiskTools.put(image, MIB, new byte[512]);
    CommandRun.Result listed = run("ls", image);
    assertEquals(List.of("volume.img"), listed.lines());
    assertEquals(0, listed.status());
    assertTrue(
        listed.err().contains("warning: the volume is shown whole, as no partition has a"),
        listed.err());
    assertTrue(listed.err().contains("3 Linux filesystem \"Größe 字\", 16777216 bytes"));
  }

  @Test
  void filesComeAndGoInTheOnlyFileSystem() throws Exception {
    assertEquals("one", fine(run("cat", image, "a.txt")).out());
    Path file = Files.writeString(folder.resolve("B.TXT"), "put");
    fine(run("put", image, file, "/"));
    assertEquals("put", DiskTools.mtype(image, MIB, "B.TXT"));
    fine(run("check", image));
    fine(run("label", image, "CARD"));
    assertEquals("CARD", fine(run("label", "--partition", 1, image)).out().strip());
  }

  @Test
  void exportImportAndFormatTakeThePartition() throws Exception {
    byte[] before = Files.readAllBytes(image);
    Path part = folder.resolve("part.img");
    fine(run("export", "--partition", 1, image, part));
    assertArrayEquals(Arrays.copyOfRange(before, MIB, 17 * MIB), Files.readAllBytes(part));
    fine(run("import", "--partition", 3, image, part));
    assertEquals("one", DiskTools.mtype(image, 20 * MIB, "A.TXT"));
    byte[] after = Files.readAllBytes(image);
    assertArrayEquals(Arrays.copyOf(before, 20 * MIB), Arrays.copyOf(after, 20 * MIB));
    fine(run("format", "--partition", 3, "--label", "third", image));
    assertTrue(fine(run("info", "--partition", 3, image)).lines().contains("label: THIRD"));
    Path whole = folder.resolve("whole.img");
    fine(run("export", image, whole));
    assertArrayEquals(Files.readAllBytes(image), Files.readAllBytes(whole));
    assertEquals(3, run("export", "--partition", 2, image, folder.resolve("none")).status());
    assertEquals(2, run("ls", "--partition", 0, image).status());
  }
}
