package dev.tcplay.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.partition.Tables.Part;
import dev.tcplay.testing.CountingDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tables that lie: each lie is cut, and told. */
class MbrTablesTest {

  private static final int SECTORS = 10_000;

  private final byte[] disk = new byte[SECTORS * 512];

  private Optional<PartitionTable> read() throws IOException {
    MemoryDevice device = new MemoryDevice(disk.length);
    device.write(0, disk, 0, disk.length);
    CountingDevice counted = new CountingDevice(device);
    Optional<PartitionTable> table = PartitionTable.read(counted);
    assertTrue(counted.reads() <= 257, () -> counted.reads() + " reads");
    return table;
  }

  private static List<Integer> numbers(PartitionTable table) {
    return table.partitions().stream().map(Partition::number).toList();
  }

  @Test
  void partitionsBehindTheEndAreLeftOutAndThoseThatCrossItAreCut() throws IOException {
    Tables.mbr(
        disk,
        0,
        List.of(
            new Part(0x83, 10_000, 1), new Part(0x83, 9_999, 0xFFFF_FFFFL), new Part(0x83, 5, 5)));
    PartitionTable table = read().orElseThrow();
    assertEquals(
        List.of(
            new Partition(2, "Linux (0x83)", "", 9_999 * 512, 512),
            new Partition(3, "Linux (0x83)", "", 5 * 512, 5 * 512)),
        table.partitions());
    assertEquals(
        List.of(
            "partition 1 begins at sector 10000, where the disk has ended, and is left out",
            "partition 2 has 4294967295 sectors, of which the disk has only the first 1"),
        table.warnings());
  }

  @Test
  void overlapsAreTold() throws IOException {
    Tables.mbr(
        disk,
        0,
        List.of(
            new Part(0x83, 100, 100),
            new Part(0x83, 300, 50),
            new Part(0x83, 150, 100),
            new Part(0x83, 350, 1)));
    PartitionTable table = read().orElseThrow();
    assertEquals(List.of(1, 2, 3, 4), numbers(table));
    assertEquals(List.of("partitions 1 and 3 overlap"), table.warnings());
  }

  @Test
  void aChainThatLoopsIsCutWhereItMeetsItself() throws IOException {
    Tables.extended(disk, new Part(0x83, 10, 10), new Part(0x05, 100, 3000), 3);
    Tables.mbr(disk, 100 + 2000, List.of(new Part(0x83, 1, 9), new Part(0x05, 1000, 1000)));
    PartitionTable table = read().orElseThrow();
    assertEquals(List.of(1, 2, 5, 6, 7), numbers(table));
    assertEquals(
        List.of(
            "the chain of extended partition 2 is cut: it comes to the table at sector 1100 again"),
        table.warnings());
  }

  @Test
  void aChainThatLeavesTheDiskOrMeetsNoTableIsCut() throws IOException {
    Tables.extended(disk, new Part(0x05, 5000, 100), new Part(0x0F, 100, 2000), 2);
    Tables.mbr(disk, 1100, List.of(new Part(0x83, 1, 9), new Part(0x05, 20_000, 1)));
    disk[5000 * 512] = 1;
    PartitionTable table = read().orElseThrow();
    assertEquals(List.of(1, 2, 5, 6), numbers(table));
    assertEquals(
        List.of(
            "the chain of extended partition 1 is cut: there is no table at sector 5000",
            "the chain of extended partition 2 is cut:"
                + " it goes on at sector 20100, where the disk has ended"),
        table.warnings());
  }

  @Test
  void anEmptyExtendedPartitionIsNoDamage() throws IOException {
    Tables.mbr(disk, 0, List.of(new Part(0x05, 100, 100)));
    PartitionTable table = read().orElseThrow();
    assertEquals(List.of(), table.warnings());
    assertTrue(table.partitions().get(0).isExtended());
  }

  @Test
  void aChainWithoutEndStopsAtTwoHundredAndFiftySixPartitions() throws IOException {
    Tables.extended(disk, new Part(0x83, 10, 10), new Part(0x05, 100, 9000), 3000);
    PartitionTable table = read().orElseThrow();
    assertEquals(256, table.partitions().size());
    assertTrue(
        table
            .warnings()
            .contains("the chain of extended partition 2 is cut: it has more than 256 tables"));
  }

  @Test
  void theLastEntriesOfALogicalTableCountOnlyIfTheyFit() throws IOException {
    Tables.mbr(disk, 0, List.of(new Part(0x05, 100, 100)));
    Part free = new Part(0, 0, 0);
    List<Part> entries = new ArrayList<>(List.of(new Part(0x83, 1, 9), free));
    entries.add(new Part(0x83, 0x0BAD_BAD0L, 0x0BAD_BAD0L));
    entries.add(new Part(0x83, 20, 9));
    Tables.mbr(disk, 100, entries);
    PartitionTable table = read().orElseThrow();
    assertEquals(List.of(), table.warnings());
    assertEquals(List.of(1, 5, 6), numbers(table));
    assertEquals(120 * 512, table.partitions().get(2).start());
  }

  @Test
  void aSectorIsNoTableIfAStatusIsUnlawfulOrNoEntryIsUsed() throws IOException {
    Tables.mbr(disk, 0, List.of(new Part(0x83, 10, 10)));
    assertTrue(read().isPresent());
    disk[446 + 16] = 1;
    assertEquals(Optional.empty(), read());
    disk[446 + 16] = (byte) 0x80;
    assertTrue(read().isPresent());
    disk[446 + 4] = 0;
    assertEquals(Optional.empty(), read());
    disk[446 + 4] = 1;
    disk[511] = 0;
    assertEquals(Optional.empty(), read());
  }

  @Test
  void aBootSectorIsATableOnlyIfEveryEntryIsSound() throws IOException {
    Tables.mbr(disk, 0, List.of(new Part(0x0B, 100, 100), new Part(0x83, 200, 9_800)));
    System.arraycopy("NTFS    ".getBytes(StandardCharsets.US_ASCII), 0, disk, 3, 8);
    assertEquals(List.of(1, 2), numbers(read().orElseThrow()));
    Tables.mbr(disk, 0, List.of(new Part(0x0B, 100, 100), new Part(0x83, 200, 9_801)));
    assertEquals(Optional.empty(), read());
  }
}
