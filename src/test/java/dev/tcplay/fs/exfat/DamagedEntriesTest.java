package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries that are damaged or strange: what is sound beside them stays readable. */
class DamagedEntriesTest {

  private static final int CLUSTER = 4096;

  private WritableVolume volume;

  @BeforeEach
  void fill() throws IOException {
    volume = WritableVolume.of(2 << 20, 3);
    volume.file("/before", new byte[] {1});
    volume.file("/victim", new byte[3 * CLUSTER]);
    volume.file("/behind", new byte[] {2});
    volume.directory("/dir");
    volume.file("/dir/inside", new byte[] {3});
  }

  /** Returns where the entry set of a path lies, with the volume closed. */
  private long close(String path) throws IOException {
    long position = ((ExFatNode) volume.find(path)).entry().position();
    volume.close();
    return position;
  }

  private void poke(long position, int... values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      volume.disk().write(position + i, new byte[] {(byte) values[i]}, 0, 1);
    }
  }

  /** Changes fields of a set, and makes its checksum right again. */
  private void change(String path, int offset, int... values) throws IOException {
    int slots = volume.set(path).count();
    long position = close(path);
    poke(position + offset, values);
    byte[] set = new byte[slots * 32];
    volume.disk().read(position, set, 0, set.length);
    int sum = Checksums.ofSet(set);
    poke(position + 2, sum, sum >> 8);
    volume.remount();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 77", "4, 8", "32, 65", "35, 0", "64, 192", "66, 33"})
  void setThatCannotBeUsedIsLeftOutAndItsSiblingsAreThere(int offset, int value)
      throws IOException {
    long position = close("/victim");
    poke(position + offset, value);
    volume.remount();
    assertEquals(List.of("before", "behind", "dir"), Walk.names(volume.volume(), "/"));
    assertNull(volume.find("/victim"));
    assertArrayEquals(new byte[] {2}, volume.read("/behind"));
    volume.file("/more", new byte[5000]);
    volume.close();
  }

  @ParameterizedTest
  @CsvSource({
    "53, 255, FirstCluster",
    "60, 1, DataLength",
    "63, 255, DataLength",
    "42, 1, ValidDataLength",
    "47, 255, ValidDataLength"
  })
  void fileWithAFieldOutOfItsRangeIsListedAndNotRead(int offset, int value, String field)
      throws IOException {
    change("/victim", offset, value);
    assertTrue(Walk.names(volume.volume(), "/").contains("victim"));
    CorruptFileSystemException e =
        assertThrows(CorruptFileSystemException.class, () -> volume.read("/victim"));
    assertTrue(e.getReason().contains(field), e.getReason());
    volume.volume().attributes(volume.find("/victim"));
    assertArrayEquals(new byte[] {1}, volume.read("/before"));
    volume.volume().delete(volume.find("/victim"));
    volume.close();
  }

  @ParameterizedTest
  @CsvSource({"56, 1, DataLength", "40, 0, ValidDataLength", "52, 1, FirstCluster"})
  void directoryWithAFieldOutOfItsRangeIsNotEntered(int offset, int value, String field)
      throws IOException {
    if (offset == 40) {
      change("/dir", offset, 0, 0);
    } else {
      change("/dir", offset, value);
    }
    CorruptFileSystemException e =
        assertThrows(CorruptFileSystemException.class, () -> Walk.names(volume.volume(), "/dir"));
    assertTrue(e.getReason().contains(field), e.getReason());
    assertEquals("/dir", e.getFile());
    volume.close();
  }

  /** A set has 2 to 18 secondary entries, also if those behind the name are harmless. */
  @Test
  void setOfMoreEntriesThanThereMayBeIsLeftOut() throws IOException {
    HandMadeImage image = Damage.SECONDARY_COUNT_19.image();
    try (WritableVolume other = WritableVolume.on(image.device)) {
      assertNull(other.find("/long"));
      assertTrue(Walk.names(other.volume(), "/").contains("plain.txt"));
    }
    volume.close();
  }

  @Test
  void directoryThatLeadsBackToTheRootIsNotEntered() throws IOException {
    long root = BootRegion.find(volume.disk()).geometry().rootCluster();
    change("/dir", 52, (int) root);
    CorruptFileSystemException e =
        assertThrows(CorruptFileSystemException.class, () -> Walk.names(volume.volume(), "/dir"));
    assertTrue(e.getReason().contains("leads back to /"), e.getReason());
    volume.close();
  }

  @Test
  void directoryWithADamagedSetIsNotDeleted() throws IOException {
    long position = close("/dir/inside");
    poke(position + 2, 77);
    volume.remount();
    assertEquals(List.of(), Walk.names(volume.volume(), "/dir"));
    assertThrows(
        DirectoryNotEmptyException.class, () -> volume.volume().delete(volume.find("/dir")));
    volume.close();
  }

  @Test
  void unknownBenignEntriesArePassedOverAndStay() throws IOException {
    long position = close("/before");
    // Three sets of three slots, and one more, which is free.
    long slot = position + 32 * 12;
    poke(slot, 0xA3, 7);
    poke(slot + 32, 0xE5);
    volume.remount();
    assertEquals(List.of("before", "victim", "behind", "dir"), Walk.names(volume.volume(), "/"));
    volume.file("/another", new byte[10]);
    volume.remount();
    assertArrayEquals(new byte[10], volume.read("/another"));
    byte[] kept = new byte[64];
    volume.disk().read(slot, kept, 0, 64);
    assertEquals(0xA3, kept[0] & 0xFF);
    assertEquals(0xE5, kept[32] & 0xFF);
    volume.close();
  }

  @Test
  void unknownCriticalPrimaryEntryOfTheRootKeepsTheVolumeFromBeingMounted() throws IOException {
    long position = close("/before");
    poke(position + 32 * 12, 0x86);
    CorruptFileSystemException e =
        assertThrows(CorruptFileSystemException.class, () -> WritableVolume.on(volume.disk()));
    assertTrue(e.getReason().contains("unknown critical type 86"), e.getReason());
  }

  /** The root directory begins with the entries of bitmap and table. */
  @ParameterizedTest
  @CsvSource({
    "0, no allocation bitmap",
    "32, no up-case table",
    "20, FirstCluster of the allocation bitmap"
  })
  void missingSystemFileIsNamed(int offset, String reason) throws IOException {
    volume.close();
    Geometry geometry = BootRegion.find(volume.disk()).geometry();
    poke(geometry.position(geometry.rootCluster()) + offset, offset == 20 ? 0 : 1);
    CorruptFileSystemException e =
        assertThrows(CorruptFileSystemException.class, () -> WritableVolume.on(volume.disk()));
    assertTrue(e.getReason().contains(reason), e.getReason());
  }

  @Test
  void volumeWithADamagedUpcaseTableIsReadByTheStandardOne() throws IOException {
    volume.close();
    Geometry geometry = BootRegion.find(volume.disk()).geometry();
    poke(geometry.position(geometry.rootCluster()) + 36, 1, 2, 3, 4);
    volume.remount();
    assertTrue(volume.volume().isReadOnly());
    assertTrue(volume.volume().warnings().toString().contains("TableChecksum"));
    assertArrayEquals(new byte[] {1}, volume.read("/BEFORE"));
    volume.close();
  }

  @Test
  void volumeWithTwoTablesIsReadByTheLiveOnes() throws IOException {
    volume.close();
    BootSector boot = BootRegion.find(volume.disk()).boot();
    // The heap begins behind one table; the second one takes the place of the first.
    BootSector two =
        new BootSector(
            0,
            boot.volumeLength(),
            boot.fatOffset(),
            boot.fatLength() / 2,
            boot.clusterHeapOffset(),
            boot.clusterCount() / 2,
            boot.firstClusterOfRootDirectory(),
            1,
            0x100,
            0,
            9,
            3,
            2,
            0x80,
            0xFF);
    byte[] region = BootRegion.encode(two);
    volume.disk().write(0, region, 0, region.length);
    volume.remount();
    try (MountedVolume mounted = volume.volume()) {
      assertTrue(mounted.isReadOnly());
      assertTrue(mounted.warnings().toString().contains("two tables"), "" + mounted.warnings());
      assertArrayEquals(new byte[] {1}, volume.read("/before"));
    }
  }

  @Test
  void volumeReadByItsBackupIsNotWritten() throws IOException {
    volume.close();
    poke(600, 1);
    byte[] before = new byte[2 << 20];
    volume.disk().read(0, before, 0, before.length);
    volume.remount();
    assertTrue(volume.volume().isReadOnly());
    assertArrayEquals(new byte[] {3}, volume.read("/dir/inside"));
    volume.close();
    byte[] after = new byte[2 << 20];
    volume.disk().read(0, after, 0, after.length);
    assertArrayEquals(before, after);
    assertFalse(volume.volume().warnings().isEmpty());
  }
}
