package dev.tcplay.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixed table is the one that others put on exFAT volumes. */
class UpcaseTableTest {

  private static final int UPCASE_ENTRY = 0x82;

  @Test
  void itIsTheTableThatGenuineVolumesCarry() throws IOException {
    Path image = GenuineImages.folder("odd-filesystems").resolve("exfat-loop_chain.img");
    assertSameTable(upcaseTable(image));
  }

  @Test
  void itIsTheTableThatMkfsWrites(@TempDir Path folder) throws Exception {
    Path image = folder.resolve("exfat.img");
    try (FileChannel file =
        FileChannel.open(Files.createFile(image), java.nio.file.StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[1]), (8 << 20) - 1);
    }
    Judge.Verdict verdict = Judge.run("mkfs.exfat", image.toString());
    assertEquals(0, verdict.status(), verdict.output());
    assertSameTable(upcaseTable(image));
  }

  @Test
  void namesAreUpcasedUnitByUnit() {
    UpcaseTable table = UpcaseTable.standard();
    assertEquals("GRÜßE ÀÉŸ", table.toUpper("Grüße àéÿ"));
    assertEquals("ΑΒΓΣΣ ЖЁ Ա", table.toUpper("αβγσς жё ա".replace('ς', 'σ')));
    assertEquals("\u212A\u0131\u0130\u00DF", table.toUpper("\u212A\u0131\u0130\u00DF"));
    assertEquals("\uD83D\uDE00\uD801\uDC28", table.toUpper("\uD83D\uDE00\uD801\uDC28"));
    String upper = "ALREADY UPPER";
    assertSame(upper, table.toUpper(upper));
  }

  private static void assertSameTable(char[] stored) {
    char[] ours = new char[1 << 16];
    for (int unit = 0; unit < ours.length; unit++) {
      ours[unit] = UpcaseTable.standard().toUpper((char) unit);
    }
    assertEquals(-1, Arrays.mismatch(stored, ours));
  }

  /** Follows exFAT's root directory to the table and unpacks it. */
  private static char[] upcaseTable(Path image) throws IOException {
    ByteBuffer volume = ByteBuffer.wrap(Files.readAllBytes(image)).order(ByteOrder.LITTLE_ENDIAN);
    int sectorShift = volume.get(108);
    int clusterSize = 1 << (sectorShift + volume.get(109));
    int heap = volume.getInt(88) << sectorShift;
    int entry = heap + (volume.getInt(96) - 2) * clusterSize;
    while ((volume.get(entry) & 0xFF) != UPCASE_ENTRY) {
      entry += 32;
    }
    ByteBuffer packed =
        volume
            .slice(heap + (volume.getInt(entry + 20) - 2) * clusterSize, volume.getInt(entry + 24))
            .order(ByteOrder.LITTLE_ENDIAN);
    char[] table = new char[1 << 16];
    int unit = 0;
    while (packed.hasRemaining()) {
      char value = packed.getChar();
      if (value == 0xFFFF && packed.hasRemaining()) {
        for (int end = unit + packed.getChar(); unit < end; unit++) {
          table[unit] = (char) unit;
        }
      } else {
        table[unit++] = value;
      }
    }
    for (; unit < table.length; unit++) {
      table[unit] = (char) unit;
    }
    return table;
  }
}
