package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.fs.Finding;
import dev.tcplay.fs.cluster.NameBudget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A directory of more names than a check keeps. */
class ManyNamesTest {

  private static final int FIRST = 100;
  private static final int SLOTS_OF_NAME = 3;
  private static final int MORE = 100;

  @Test
  void aCheckSaysThatItDidNotCompareAllNames() throws IOException {
    HandMadeImage image = new HandMadeImage(64 << 20);
    int bytes = (NameBudget.MOST + MORE) * SLOTS_OF_NAME * DirectorySlots.SLOT_BYTES;
    int clusters = bytes / HandMadeImage.CLUSTER + 1;
    for (int i = 0; i < clusters; i++) {
      image.mark(FIRST + i, true);
    }
    long length = (long) clusters * HandMadeImage.CLUSTER;
    int piece = HandMadeImage.IN_ONE_PIECE;
    byte[] set = HandMadeImage.set("dir", HandMadeImage.DIRECTORY, piece, FIRST, length, length);
    image.add(HandMadeImage.ROOT, set);
    for (int i = 0; i < NameBudget.MOST + MORE / 2; i++) {
      image.addFile(FIRST, "n" + i, 1, 0, 0);
    }
    // What is kept is compared with all that comes.
    image.addFile(FIRST, "n5", 1, 0, 0);
    List<Finding> findings = new ArrayList<>();
    new ExFatDriver().check(image.device, ExFatVolumes.OPTIONS, findings::add);
    assertEquals(
        List.of("duplicate-name", NameBudget.NOT_COMPARED),
        findings.stream().map(Finding::kind).toList());
  }
}
