package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.UpcaseTable;
import org.junit.jupiter.api.Test;

/** The up-case table as it is stored. */
class UpcaseFileTest {

  /** Size and checksum are those of table 25 of the exFAT specification. */
  @Test
  void standardTableIsStoredAsTheSpecificationRecommends() {
    byte[] file = UpcaseFile.encode(UpcaseTable.standard());
    assertEquals(5836, file.length);
    assertEquals(0xE619D30D, UpcaseFile.checksum(file));
  }

  @Test
  void whatIsStoredReadsAsTheSameTable() throws Exception {
    UpcaseTable read = UpcaseFile.decode(UpcaseFile.encode(UpcaseTable.standard()));
    for (int unit = 0; unit <= 0xFFFF; unit++) {
      assertEquals(UpcaseTable.standard().toUpper((char) unit), read.toUpper((char) unit));
    }
  }

  @Test
  void tableWithoutTheFirstUnitsIsRefused() {
    byte[] file = UpcaseFile.encode(UpcaseTable.standard());
    file[2 * 'a'] = 'B';
    assertThrows(CorruptFileSystemException.class, () -> UpcaseFile.decode(file));
  }

  @Test
  void runBehindTheLastUnitIsRefused() {
    byte[] file = new byte[512];
    byte[] run = {-1, -1, -1, -1};
    System.arraycopy(UpcaseFile.encode(UpcaseTable.standard()), 0, file, 0, 256);
    System.arraycopy(run, 0, file, 256, 4);
    assertThrows(CorruptFileSystemException.class, () -> UpcaseFile.decode(file));
  }
}
