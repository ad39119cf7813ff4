package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.model.VolumeFinding;
import dev.tcplay.model.VolumeRepair;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tcplay check}, with and without {@code --repair}. */
class CheckCommandTest {

  /** The sample has one reserved sector and two FATs of a sector each. */
  private static final int SECOND_TABLE = 1024;

  @TempDir private Path folder;
  private Path image;
  private byte[] volume;

  @BeforeEach
  void exportVolume() throws IOException {
    image = folder.resolve("volume.img");
    assertEquals(0, Demo.run("export", image).status());
    volume = Files.readAllBytes(image);
  }

  private CommandRun.Result check(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("check", "--plain"));
    arguments.addAll(List.of(more));
    arguments.add(image);
    return new CommandRun().run(arguments.toArray());
  }

  /** Lets the copies of the table differ and marks the volume as in use. */
  private void damage() throws IOException {
    volume[SECOND_TABLE + 100] ^= 0x55;
    volume[37] |= 1;
    Files.write(image, volume);
  }

  @Test
  void aSoundVolumeHasNoLinesAndStatus0() {
    CommandRun.Result result = check();
    assertEquals(0, result.status(), result::err);
    assertEquals("", result.out());
    assertEquals("[]\n", check("--json").out());
  }

  @Test
  void findingsAreALineEachAndStatus4AndNothingIsWritten() throws IOException {
    damage();
    CommandRun.Result result = check();
    assertEquals(4, result.status(), result::err);
    assertEquals(
        List.of(
            "the volume was not closed [dirty]",
            "FAT 0 and 1 differ from byte 100 on [fats-differ]"),
        result.lines());
    assertArrayEquals(volume, Files.readAllBytes(image));
    assertEquals(
        "[{\"kind\": \"dirty\", \"path\": null, \"text\": \"the volume was not closed\","
            + " \"mended\": false}, {\"kind\": \"fats-differ\", \"path\": null, \"text\":"
            + " \"FAT 0 and 1 differ from byte 100 on\", \"mended\": false}]\n",
        check("--json").out());
  }

  @Test
  void aRepairSaysWhatItMendedAndEndsWithStatus0() throws Exception {
    damage();
    CommandRun.Result result = check("--repair");
    assertEquals(0, result.status(), result::err);
    assertTrue(result.lines().stream().allMatch(line -> line.endsWith(", mended]")), result::out);
    assertEquals(2, result.lines().size(), result::out);
    assertEquals("", check().out());
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", image.toString());
    assertEquals(0, fsck.status(), fsck.output());
  }

  @Test
  void whatCannotBeMendedEndsWithStatus4() throws IOException {
    volume[3 * 512 + 32 + 26] = (byte) 0xF0;
    volume[3 * 512 + 32 + 27] = 0x0F;
    Files.write(image, volume);
    CommandRun.Result result = check("--repair");
    assertEquals(4, result.status(), result::err);
    assertTrue(result.out().contains("[first-cluster]"), result::out);
  }

  @Test
  void theContainerItselfIsRepairedByTheProgramsInterface() throws IOException {
    Path container = Files.copy(Path.of("samples/demo.hc"), folder.resolve("demo.hc"));
    List<VolumeFinding> findings = new ArrayList<>();
    var opener =
        Tcplay.open(container).password("an open secret").pim(1).hash("sha512").cipher("AES");
    opener.check(findings::add);
    opener.repair(new VolumeRepair().withKeepLost("/lost"), findings::add);
    assertEquals(List.of(), findings);
  }

  @Test
  void misuseAndVolumesThatCannotBeCheckedAreSaid() throws IOException {
    assertEquals(2, check("--keep-lost", "lost").status());
    Files.write(image, new byte[4096]);
    CommandRun.Result result = check();
    assertEquals(3, result.status());
    assertEquals("tcplay: " + image + ": raw cannot be checked\n", result.err());
  }
}
