package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.fs.fat.FsckReport.Complaint;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever class of damage fsck.fat complains of, our check finds too; what it finds beyond that is
 * listed. The rules say why (section K). The system property {@code tcplay.fuzz.fsck} sets how many
 * volumes of each type with a wild byte are compared.
 */
class FsckComparisonTest {

  private static final int WILD = Integer.getInteger("tcplay.fuzz.fsck", 40);

  /** Kinds of findings about chains: fsck.fat cuts the chain and then complains of the size. */
  private static final Set<String> CHAINS =
      Set.of(
          "chain-to-free",
          "chain-to-bad",
          "chain-out-of-range",
          "circular-chain",
          "shared-clusters",
          "first-cluster",
          "no-clusters",
          "chain-too-short");

  /** What answers a complaint. */
  private static final Map<Complaint, Set<String>> ANSWERS = new EnumMap<>(Complaint.class);

  static {
    ANSWERS.put(Complaint.DIRTY, Set.of("dirty"));
    ANSWERS.put(Complaint.FATS_DIFFER, Set.of("fats-differ"));
    ANSWERS.put(Complaint.LOST, Set.of("lost-clusters"));
    ANSWERS.put(Complaint.CHAIN_TOO_LONG, Set.of("chain-too-long"));
    ANSWERS.put(Complaint.CHAIN_TOO_SHORT, CHAINS);
    ANSWERS.put(Complaint.SHARED, Set.of("shared-clusters", "points-to-parent"));
    ANSWERS.put(
        Complaint.LONG_NAME, Set.of("orphan-long-name", "long-name-checksum", "long-name-field"));
    // It follows the links of lost clusters.
    ANSWERS.put(
        Complaint.BAD_CHAIN,
        Set.of("chain-to-free", "chain-to-bad", "chain-out-of-range", "lost-clusters"));
    ANSWERS.put(
        Complaint.BAD_START, Set.of("first-cluster", "points-to-root", "points-to-parent", "dots"));
    ANSWERS.put(Complaint.CIRCULAR, Set.of("circular-chain"));
    // Dots in the wrong place are bad names to it.
    ANSWERS.put(Complaint.BAD_NAME, Set.of("bad-name", "many-bad-entries", "dots"));
    ANSWERS.put(Complaint.DUPLICATE, Set.of("duplicate-name"));
    ANSWERS.put(Complaint.DOTS, Set.of("dots"));
    ANSWERS.put(Complaint.DIRECTORY_SIZE, Set.of("directory-size"));
    ANSWERS.put(Complaint.BACKUP, Set.of("backup-differs"));
    ANSWERS.put(Complaint.LABEL, Set.of("label", "label-differs"));
    // It gives up at a chain that leads to a bad cluster, and at a volume that is cut short.
    ANSWERS.put(Complaint.OTHER, Set.of("chain-to-bad", "root-entries", "table-size"));
  }

  /** Damage of which fsck.fat says nothing. */
  private static final Set<Damage> OURS_ALONE =
      EnumSet.of(
          Damage.MEDIA_IN_TABLE,
          Damage.MEDIA_ERRORS,
          Damage.LOWER_CASE_NAME,
          Damage.SAME_LONG_NAME,
          Damage.LABEL_BELOW);

  @TempDir Path folder;

  private static List<Finding> check(BlockDevice device) throws IOException {
    List<Finding> findings = new ArrayList<>();
    new FatDriver().check(device, Volumes.OPTIONS, findings::add);
    return findings;
  }

  private static Set<String> kinds(List<Finding> findings) {
    return findings.stream().map(Finding::kind).collect(Collectors.toSet());
  }

  /** Returns the complaints but for a count of free clusters that is not known, as A8 allows. */
  private FsckReport fsck(FatImage image) throws Exception {
    byte[] bytes = new byte[(int) image.device.size()];
    image.device.read(0, bytes, 0, bytes.length);
    return FsckReport.of(Files.write(folder.resolve("volume.img"), bytes));
  }

  private static void assertAnswered(FsckReport fsck, List<Finding> findings, String volume) {
    Set<String> kinds = kinds(findings);
    // It takes a label for a file with this name, size and chain.
    boolean isLabel = kinds.contains("label");
    for (Complaint complaint : fsck.classes()) {
      if (complaint != Complaint.FREE_COUNT) {
        boolean isAnswered = isLabel || ANSWERS.get(complaint).stream().anyMatch(kinds::contains);
        assertTrue(isAnswered, () -> volume + ", " + complaint + ": " + findings + " " + fsck);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void everyClassOfDamageThatFsckFindsIsFound(FatType type) throws Exception {
    for (Damage damage : Damage.values()) {
      FatImage image = damage.on(type);
      List<Finding> findings = check(image.device);
      FsckReport fsck = fsck(image);
      assertAnswered(fsck, findings, type + " " + damage);
      Set<Complaint> complaints = fsck.classes();
      boolean isCount = damage.name().contains("FREE_COUNT") || damage == Damage.NO_FSINFO;
      if (!isCount) {
        complaints.remove(Complaint.FREE_COUNT);
      }
      boolean isSilent = complaints.isEmpty() && !findings.isEmpty();
      // Elsewhere some of these places hit the table.
      if (type == FatType.FAT32) {
        assertEquals(OURS_ALONE.contains(damage), isSilent, () -> damage + ": " + findings);
      }
    }
  }

  /** One byte of a table or of a slot in use is another. */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void whatFsckSaysOfAWildByteIsFound(FatType type) throws Exception {
    Random random = new Random(Seeds.of("whatFsckSaysOfAWildByteIsFound " + type));
    for (int i = 0; i < WILD; i++) {
      FatImage image = Damage.NONE.on(type);
      long at = image.fatPosition() + 4 + random.nextInt(300);
      if (random.nextInt(4) > 0) {
        do {
          at = image.position(random.nextInt(5) * 20) + 32L * random.nextInt(16);
        } while (isUnused(image, at));
        // Byte 12 of an entry: fsck.fat takes a bit for the mark of a kernel that never was.
        int place = random.nextInt(31);
        at += place < 12 ? place : place + 1;
      }
      int value = 1 + random.nextInt(255);
      image.put(at, value, 1);
      assertAnswered(fsck(image), check(image.device), type + " byte " + at + " is " + value);
    }
  }

  /** It puts dots over the end of a directory, and complains of what it thereby makes entries. */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void whatFsckFindsBehindAnEndThatItOverwritesIsNoDamage(FatType type) throws Exception {
    FatImage image = Damage.NONE.on(type);
    image.chain(90);
    image.add(0, "NODOTS     ", 0x10, 90, 0);
    long behind = image.position(90) + 32;
    image.put(behind, "FILE    TXT");
    image.put(behind + 28, 1000, 4);
    FsckReport fsck = fsck(image);
    Set<Complaint> complaints = fsck.classes();
    complaints.remove(Complaint.FREE_COUNT);
    assertEquals(EnumSet.of(Complaint.DOTS), complaints, fsck.toString());
    assertEquals(Set.of("dots"), kinds(check(image.device)));
  }

  private static boolean isUnused(FatImage image, long slot) throws IOException {
    byte[] first = new byte[1];
    image.device.read(slot, first, 0, 1);
    return first[0] == 0;
  }

  /** The odd images of others are sound to both, and a repair writes nothing. */
  @Test
  void theOddImagesAreSoundToBoth() throws Exception {
    List<Path> images;
    try (Stream<Path> files = Files.list(GenuineImages.folder("odd-filesystems"))) {
      images = files.filter(file -> file.getFileName().toString().startsWith("fat")).toList();
    }
    for (Path image : images) {
      assertEquals(Set.of(), FsckReport.of(image).classes(), image.toString());
      CountingDevice device = new CountingDevice(FileDevice.open(image, HostOpen.reading()));
      try (device) {
        List<Finding> findings = new ArrayList<>();
        RepairOptions how = RepairOptions.DEFAULT;
        new FatDriver().repair(device, WritableVolume.OPTIONS, how, findings::add);
        assertEquals(List.of(), findings, image.toString());
        assertEquals(0, device.writes(), image.toString());
      }
    }
  }
}
