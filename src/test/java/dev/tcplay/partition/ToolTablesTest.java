package dev.tcplay.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.testing.DiskTools;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that sfdisk, fdisk and sgdisk made: we list what they list. */
class ToolTablesTest {

  private static final int MIB = 1 << 20;

  @TempDir private Path folder;

  static Optional<PartitionTable> read(Path image) throws IOException {
    try (BlockDevice disk = FileDevice.open(image, HostOpen.reading())) {
      return PartitionTable.read(disk);
    }
  }

  /** What a table has, in the form in which the tools give it. */
  private static List<DiskTools.Row> rows(PartitionTable table) {
    return table.partitions().stream()
        .map(
            p ->
                new DiskTools.Row(
                    p.number(),
                    p.start() / 512,
                    p.length() / 512,
                    p.type().replaceAll(".*\\(0x0?|\\)", "")))
        .toList();
  }

  @Test
  void fourPrimaryPartitions() throws Exception {
    Path image =
        DiskTools.sfdisk(
            folder.resolve("disk"),
            64 * MIB,
            "label: dos",
            "start=2048, size=4096, type=1",
            "start=63, size=1000, type=c, bootable",
            "start=30000, size=50000, type=7",
            "start=90000, type=83");
    PartitionTable table = read(image).orElseThrow();
    assertEquals("MBR", table.scheme());
    assertEquals(List.of(), table.warnings());
    assertEquals(4, table.partitions().size());
    assertEquals(DiskTools.listed(image), rows(table));
    assertEquals(
        new Partition(2, "FAT32 (0x0c)", "", 63 * 512, 1000 * 512), table.partitions().get(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "f", "85"})
  void logicalPartitions(String extended) throws Exception {
    List<String> script =
        new ArrayList<>(
            List.of(
                "label: dos",
                "start=2048, size=4096, type=e",
                "start=200000, size=4096, type=83",
                "start=8192, size=190000, type=" + extended,
                "start=210000, type=82"));
    for (int i = 0; i < 40; i++) {
      script.add("size=" + (100 + 7 * i) + ", type=" + (i % 2 == 0 ? "6" : "83"));
    }
    Path image = DiskTools.sfdisk(folder.resolve("disk"), 128 * MIB, script.toArray(String[]::new));
    PartitionTable table = read(image).orElseThrow();
    assertEquals(List.of(), table.warnings());
    assertEquals(44, table.partitions().size());
    assertEquals(DiskTools.listed(image), rows(table));
    assertTrue(table.partitions().get(2).isExtended());
    assertEquals(1, table.partitions().stream().filter(Partition::isExtended).count());
  }

  @Test
  void aHundredAndTwentyEightEntriesWithLabels() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-a", "1"));
    for (int i = 128; i > 0; i--) {
      arguments.addAll(List.of("-n", i + ":0:+" + i, "-c", i + ":" + labelOf(i)));
    }
    Path image =
        DiskTools.sgdisk(folder.resolve("disk"), 64 * MIB, arguments.toArray(String[]::new));
    PartitionTable table = read(image).orElseThrow();
    assertEquals("GPT", table.scheme());
    assertEquals(List.of(), table.warnings());
    assertEquals(128, table.partitions().size());
    List<DiskTools.Row> listed = DiskTools.listed(image);
    for (int i = 0; i < 128; i++) {
      Partition partition = table.partitions().get(i);
      DiskTools.Row row = listed.get(i);
      assertEquals(row.number(), partition.number());
      assertEquals(row.start() * 512, partition.start());
      assertEquals(row.sectors() * 512, partition.length());
      assertEquals("Linux filesystem", partition.type());
    }
    for (int number : List.of(1, 2, 3, 127, 128)) {
      assertEquals(DiskTools.label(image, number), table.partitions().get(number - 1).label());
    }
    assertEquals(labelOf(77), table.partitions().get(76).label());
  }

  /** Text of one, two and four bytes in UTF-16, and one that fills the field. */
  private static String labelOf(int number) {
    return switch (number) {
      case 2 -> "x".repeat(36);
      case 3 -> "";
      default -> "Größe 字 \uD83D\uDE00 " + number;
    };
  }

  @Test
  void sectorsOfFourThousandBytes() throws Exception {
    Path image =
        DiskTools.fdisk(
            folder.resolve("disk"),
            64 * MIB,
            4096,
            "g",
            "n",
            "1",
            "",
            "+5M",
            "n",
            "7",
            "",
            "+3M",
            "w");
    PartitionTable table = read(image).orElseThrow();
    assertEquals("GPT", table.scheme());
    String said =
        Judge.run("fdisk", "-b", "4096", "-l", "-o", "Device,Start,Sectors", image.toString())
            .output();
    Matcher row = Pattern.compile("(?m)^\\S*disk(\\d+) +(\\d+) +(\\d+)$").matcher(said);
    List<Partition> wanted = new ArrayList<>();
    while (row.find()) {
      wanted.add(
          new Partition(
              Integer.parseInt(row.group(1)),
              "Linux filesystem",
              "",
              Long.parseLong(row.group(2)) * 4096,
              Long.parseLong(row.group(3)) * 4096));
    }
    assertEquals(2, wanted.size(), said);
    assertEquals(wanted, table.partitions());
    DiskTools.put(image, 4096, new byte[4096]);
    assertEquals(wanted, read(image).orElseThrow().partitions());
  }

  @Test
  void theBackupServesWhereTheFirstGptIsDamaged() throws Exception {
    Path sound = gpt();
    List<Partition> wanted = read(sound).orElseThrow().partitions();
    assertEquals(2, wanted.size());
    Map<Integer, String> damages = new HashMap<>();
    damages.put(512, "there is none");
    damages.put(512 + 8, "its checksum is wrong");
    damages.put(512 + 12, "its size is wrong");
    damages.put(512 + 60, "its checksum is wrong");
    damages.put(1024 + 40, "the checksum of its entries is wrong");
    for (Map.Entry<Integer, String> damage : damages.entrySet()) {
      Path image = Files.copy(sound, folder.resolve("damaged" + damage.getKey()));
      DiskTools.put(image, damage.getKey(), new byte[] {(byte) 0xA5, 0x5A, 0x11});
      PartitionTable table = read(image).orElseThrow();
      assertEquals(wanted, table.partitions());
      assertEquals(
          List.of("the first GPT is damaged (" + damage.getValue() + "); its backup is used"),
          table.warnings());
    }
  }

  private Path gpt() throws Exception {
    return DiskTools.sgdisk(
        folder.resolve("disk"), 16 * MIB, "-n", "1:0:+3M", "-t", "1:0700", "-n", "5:0:+2M");
  }

  @Test
  void aGptOfWhichBothCopiesAreDamagedHasNoPartitionsAndAWarning() throws Exception {
    Path image = gpt();
    DiskTools.put(image, 512, new byte[512]);
    DiskTools.put(image, 16 * MIB - 512 + 40, new byte[] {1, 2, 3});
    PartitionTable table = read(image).orElseThrow();
    assertEquals(List.of(), table.partitions());
    assertEquals(
        List.of("the GPT is damaged (there is none), and so is its backup (its checksum is wrong)"),
        table.warnings());
  }

  @Test
  void theBackupOfAnImageThatGrewIsFoundByTheFirstHeader() throws Exception {
    Path image = gpt();
    List<Partition> wanted = read(image).orElseThrow().partitions();
    DiskTools.put(image, 20 * MIB, new byte[512]);
    DiskTools.put(image, 1024 + 40, new byte[] {9});
    assertEquals(wanted, read(image).orElseThrow().partitions());
  }

  @Test
  void aHybridMbrStandsBackBehindTheGptUntilThatIsLost() throws Exception {
    Path image = gpt();
    List<Partition> wanted = read(image).orElseThrow().partitions();
    DiskTools.sgdiskAgain(image, "-h", "1:EE");
    PartitionTable hybrid = read(image).orElseThrow();
    assertEquals("GPT", hybrid.scheme());
    assertEquals(wanted, hybrid.partitions());
    assertEquals(
        List.of("the MBR lists partitions too (hybrid MBR); those of the GPT count"),
        hybrid.warnings());
    DiskTools.put(image, 512, new byte[512]);
    DiskTools.put(image, 16 * MIB - 512, new byte[512]);
    PartitionTable left = read(image).orElseThrow();
    assertEquals("MBR", left.scheme());
    assertEquals(1, left.partitions().size());
    assertEquals(wanted.get(0).start(), left.partitions().get(0).start());
    assertEquals(wanted.get(0).length(), left.partitions().get(0).length());
  }

  @Test
  void whatLiesBehindTheEndOfACutImageIsCutOrLeftOut() throws Exception {
    Path image = gpt();
    List<Partition> whole = read(image).orElseThrow().partitions();
    byte[] all = Files.readAllBytes(image);
    Files.write(image, Arrays.copyOf(all, 2 * MIB));
    PartitionTable table = read(image).orElseThrow();
    Partition first = whole.get(0);
    assertEquals(
        List.of(new Partition(1, first.type(), "", first.start(), 2 * MIB - first.start())),
        table.partitions());
    assertEquals(2, table.warnings().size());
    assertTrue(table.warnings().get(0).startsWith("partition 1 has 6144 sectors"));
    assertTrue(table.warnings().get(1).startsWith("partition 5 begins at sector 8192"));
  }

  @Test
  void bootSectorsOfFileSystemsAreNoTables() throws Exception {
    for (int width : List.of(12, 16, 32)) {
      Path image = DiskTools.blank(folder.resolve("fat" + width), 64 * MIB);
      DiskTools.fat(image, 0, 64 * MIB, width, "x");
      assertEquals(Optional.empty(), read(image));
    }
    Path ntfs = DiskTools.blank(folder.resolve("ntfs"), 16 * MIB);
    assertEquals(0, Judge.run("mkntfs", "-F", "-q", ntfs.toString()).status());
    assertEquals(Optional.empty(), read(ntfs));
    Path exfat = DiskTools.blank(folder.resolve("exfat"), 16 * MIB);
    assertEquals(0, Judge.run("mkfs.exfat", exfat.toString()).status());
    assertEquals(Optional.empty(), read(exfat));
    assertEquals(Optional.empty(), read(DiskTools.blank(folder.resolve("blank"), MIB)));
    assertEquals(Optional.empty(), read(DiskTools.blank(folder.resolve("short"), 511)));
  }

  @Test
  void disksMadeByWindowsAreReadAsSfdiskReadsThem() throws Exception {
    int tables = 0;
    try (Stream<Path> images = Files.list(GenuineImages.folder("ext-ntfs").resolve("ntfs"))) {
      for (Path image : images.toList()) {
        // It takes the code in the boot sector of a bare volume for partitions.
        boolean isDisk = !image.endsWith("ntfs-windows-volume.raw");
        Optional<PartitionTable> table = read(image);
        assertEquals(
            isDisk ? DiskTools.listed(image) : List.of(),
            table.map(ToolTablesTest::rows).orElse(List.of()));
        assertEquals(isDisk, table.isPresent());
        tables += isDisk ? 1 : 0;
      }
    }
    assertEquals(2, tables);
  }

  @Test
  void theGuidsThatHaveNamesAreThoseThatSfdiskKnows() throws Exception {
    String known = Judge.run("sfdisk", "--label", "gpt", "-T").output().toUpperCase(Locale.ROOT);
    for (String guid : GptTypes.guids()) {
      assertTrue(known.contains(guid), guid);
    }
  }
}
