package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A repair mends what is safe to mend and touches nothing else. */
class RepairTest {

  private static final RepairOptions FREE = RepairOptions.DEFAULT;

  /** What a repair always mends where it stands alone. */
  private static final Set<Damage> MENDED =
      EnumSet.of(
          Damage.TABLES_DIFFER,
          Damage.DIRTY,
          Damage.FREE_COUNT_TOO_HIGH,
          Damage.FREE_COUNT_TOO_LOW,
          Damage.CHAIN_TOO_LONG,
          Damage.EMPTY_WITH_CLUSTERS,
          Damage.ORPHAN_LONG_NAME,
          Damage.LONG_NAME_WITHOUT_START,
          Damage.PART_OF_A_NAME_WITH_A_CLUSTER);

  private static final int MUTANTS = Integer.getInteger("tcplay.fuzz.repairs", 300);

  /** No count of free clusters, as in the images. */
  private static final Set<FsckReport.Complaint> HARMLESS =
      EnumSet.of(FsckReport.Complaint.FREE_COUNT);

  @TempDir Path folder;

  private static List<Finding> repair(BlockDevice device, RepairOptions how) throws IOException {
    List<Finding> findings = new ArrayList<>();
    BlockDevice cached = new CachedDevice(new KeptDevice(device), 1 << 20, Duration.ZERO);
    try (cached) {
      new FatDriver().repair(cached, WritableVolume.OPTIONS, how, findings::add);
      cached.flush();
    }
    return findings;
  }

  private static List<Finding> check(BlockDevice device) throws IOException {
    List<Finding> findings = new ArrayList<>();
    new FatDriver().check(device, Volumes.OPTIONS, findings::add);
    return findings;
  }

  private FsckReport fsck(BlockDevice device) throws Exception {
    return FsckReport.of(Files.write(folder.resolve("volume.img"), bytes(device)));
  }

  private static byte[] bytes(BlockDevice device) throws IOException {
    byte[] bytes = new byte[(int) device.size()];
    device.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  /** Returns the contents of all files that can be read, by their paths. */
  private static Map<String, byte[]> readable(BlockDevice device) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    MountedVolume volume = Volumes.mount(new KeptDevice(device));
    collect(volume, volume.root(), "", contents);
    volume.close();
    return contents;
  }

  private static void collect(
      MountedVolume volume, Node directory, String path, Map<String, byte[]> contents)
      throws IOException {
    try {
      var cursor = volume.list(directory);
      for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
        String child = path + "/" + entry.name();
        if (entry.node().isDirectory()) {
          collect(volume, entry.node(), child, contents);
        } else {
          contents.put(child, Volumes.read(volume, entry.node()));
        }
      }
    } catch (CorruptFileSystemException e) {
      // What cannot be read is no sound file.
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void whatIsSoundStaysAndWhatIsMendedIsNotFoundAgain(Damage damage) throws Exception {
    FatImage image = damage.on(FatType.FAT32);
    BlockDevice device = image.device;
    Map<String, byte[]> before = readable(device);
    List<Finding> found = check(device);
    List<Finding> findings = repair(device, FREE);
    assertTrue(findings.size() >= found.size(), findings::toString);
    Map<String, byte[]> after = readable(device);
    before.forEach(
        (path, bytes) -> {
          assertNotNull(after.get(path), () -> path + " is gone: " + findings);
          assertArrayEquals(bytes, after.get(path), path);
        });
    long left = findings.stream().filter(finding -> !finding.mended()).count();
    assertEquals(left, check(device).size(), findings::toString);
    if (MENDED.contains(damage)) {
      assertEquals(0, left, findings::toString);
      assertEquals(Set.of(), fsck(device).classes());
    }
    byte[] once = bytes(device);
    List<Finding> again = repair(device, FREE);
    assertEquals(left, again.size(), again::toString);
    if (left == 0) {
      assertArrayEquals(once, bytes(device), "a sound volume is not written");
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void lostClustersAreFreedOrKeptAsFiles(FatType type) throws Exception {
    for (boolean keep : new boolean[] {false, true}) {
      FatImage image = new FatImage(type);
      image.add(0, "FILE    TXT", 0x20, 40, 1024);
      image.chain(40, 41);
      image.chain(70, 71, 72);
      image.chain(90);
      image.put(image.position(71), "remember me");
      List<Finding> findings =
          repair(
              image.device,
              keep ? RepairOptions.DEFAULT.withKeepLost(Optional.of("found/here")) : FREE);
      assertTrue(findings.stream().allMatch(Finding::mended), findings::toString);
      assertTrue(
          findings.stream().anyMatch(finding -> finding.kind().equals("lost-clusters")),
          findings::toString);
      assertEquals(List.of(), check(image.device));
      assertEquals(Set.of(), fsck(image.device).classes());
      Map<String, byte[]> files = readable(image.device);
      assertEquals(keep ? 3 : 1, files.size(), () -> files.keySet().toString());
      if (keep) {
        byte[] first = files.get("/found/here/FSCK0000.REC");
        int cluster = first.length / 3;
        assertEquals("remember me", new String(first, cluster, 11, StandardCharsets.UTF_8));
        assertEquals(cluster, files.get("/found/here/FSCK0001.REC").length);
      }
    }
  }

  @Test
  void theCopyOfTheTableThatFitsTheDirectoriesCounts() throws Exception {
    FatImage image = new FatImage(FatType.FAT16);
    image.add(0, "FILE    TXT", 0x20, 40, 3 * 512);
    image.chain(40, 41, 42);
    Map<String, byte[]> before = readable(image.device);
    image.put(image.fatPosition() + 2 * 41, 0, 2);
    assertFalse(readable(image.device).equals(before));
    List<Finding> findings = repair(image.device, FREE);
    assertTrue(findings.stream().allMatch(Finding::mended), findings::toString);
    assertArrayEquals(before.get("/FILE.TXT"), readable(image.device).get("/FILE.TXT"));
    assertEquals(Set.of(), fsck(image.device).classes());
  }

  @Test
  void whatMayBelongToADamagedFileIsNotFreed() throws Exception {
    FatImage image = new FatImage(FatType.FAT16);
    image.add(0, "FILE    TXT", 0x20, 40, 5 * 512);
    image.chain(40, 41);
    image.chain(60, 61, 62);
    byte[] before = bytes(image.device);
    List<Finding> findings = repair(image.device, FREE);
    assertTrue(findings.stream().noneMatch(Finding::mended), findings::toString);
    byte[] after = bytes(image.device);
    int table = (int) image.fatPosition();
    assertArrayEquals(
        Arrays.copyOfRange(before, table + 4, table + 512),
        Arrays.copyOfRange(after, table + 4, table + 512));
  }

  /** Every prefix of the writes, and random sectors of what no flush followed. */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void aPowerCutInARepairIsMendedByTheNextOne(FatType type) throws Exception {
    Random random = new Random(Seeds.of("aPowerCutInARepairIsMendedByTheNextOne " + type));
    for (boolean keep : new boolean[] {false, true}) {
      RepairOptions how = keep ? RepairOptions.DEFAULT.withKeepLost(Optional.of("lost")) : FREE;
      FatImage image = new FatImage(type);
      image.addDirectory(0, "DIR        ", 20);
      image.addLong(20, "a long name.txt", "ALONGN~1TXT", 0x20, 30, 1000);
      image.chain(30, 31, 32, 33);
      image.add(0, "FILE    TXT", 0x20, 40, 1024);
      image.chain(40, 41);
      image.add(0, "EMPTY   TXT", 0x20, 50, 0);
      image.chain(50, 51);
      image.chain(70, 71, 72);
      image.addSlot(20, FatImage.longSlots("a name of nobody", "NOBODY     ").get(0));
      byte[] start = bytes(image.device);
      Map<String, byte[]> sound = readable(image.device);
      LogWritesDevice log = new LogWritesDevice(device(start));
      repair(log, how);
      int from = 0;
      for (int cut = 0; cut <= log.entries(); cut++) {
        MemoryDevice prefix = device(start);
        log.replay(0, cut, prefix);
        assertRepairedAgain(prefix, how, sound);
        if (cut < log.entries() && log.isFlush(cut)) {
          for (int subset = 0; subset < 4; subset++) {
            MemoryDevice torn = device(start);
            log.replay(0, from, torn);
            log.replay(from, cut, torn, (entry, sector) -> random.nextBoolean());
            assertRepairedAgain(torn, how, sound);
          }
          from = cut;
        }
      }
    }
  }

  private void assertRepairedAgain(BlockDevice device, RepairOptions how, Map<String, byte[]> sound)
      throws Exception {
    List<Finding> findings = repair(device, how);
    assertTrue(findings.stream().allMatch(Finding::mended), findings::toString);
    assertEquals(List.of(), check(device));
    Map<String, byte[]> after = readable(device);
    sound.forEach((path, bytes) -> assertArrayEquals(bytes, after.get(path), path));
  }

  private static MemoryDevice device(byte[] bytes) throws IOException {
    MemoryDevice device = new MemoryDevice(bytes.length);
    device.write(0, bytes, 0, bytes.length);
    return device;
  }

  /**
   * Volumes with wild bytes in tables and directories, {@code tcplay.fuzz.repairs} of them for each
   * type: a repair ends, keeps what could be read, says what is left, and fsck.fat has nothing to
   * add where nothing is left.
   */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void wildVolumesAreRepairedOrLeftWithFindings(FatType type) throws Exception {
    String test = "wildVolumesAreRepairedOrLeftWithFindings " + type;
    Random random = new Random(Seeds.of(test));
    int clean = 0;
    for (int i = 0; i < MUTANTS; i++) {
      FatImage image = Damage.NONE.on(type);
      Map<String, byte[]> sound = readable(image.device);
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        long at = image.fatPosition() + random.nextInt(300);
        if (random.nextBoolean()) {
          // A slot in use: what stands behind the end of a directory is seen by some systems only.
          do {
            at = image.position(random.nextInt(5) * 20) + 32L * random.nextInt(16);
          } while (isUnused(image, at));
          at += random.nextInt(32);
        }
        image.put(at, 1 + random.nextInt(255), 1);
      }
      Map<String, byte[]> before = readable(image.device);
      Set<String> damaged = new HashSet<>();
      for (Finding finding : check(image.device)) {
        damaged.add(finding.path().orElse(""));
        // Who shares clusters is named in the text.
        before.keySet().stream().filter(finding.text()::contains).forEach(damaged::add);
      }
      List<Finding> findings = repair(image.device, FREE);
      Map<String, byte[]> after = readable(image.device);
      before.forEach(
          (path, bytes) -> {
            // A copy of the table that fits better may bring back what it was.
            boolean isWhole = Arrays.equals(sound.get(path), after.get(path));
            if (!damaged.contains(path) && !isWhole) {
              assertArrayEquals(bytes, after.get(path), () -> path + ": " + findings);
            }
          });
      long left = findings.stream().filter(finding -> !finding.mended()).count();
      assertEquals(left, check(image.device).size(), findings::toString);
      if (left == 0) {
        clean++;
        FsckReport fsck = clean % 10 == 0 ? fsck(image.device) : null;
        // It renames what has a name that it does not like, and checks no further.
        boolean isRenaming = fsck != null && fsck.classes().contains(FsckReport.Complaint.BAD_NAME);
        assertTrue(
            fsck == null || isRenaming || HARMLESS.containsAll(fsck.classes()),
            () -> findings + " " + fsck);
      }
    }
    assertTrue(clean > 0, "none was mended whole");
  }

  private static boolean isUnused(FatImage image, long slot) throws IOException {
    byte[] first = new byte[1];
    image.device.read(slot, first, 0, 1);
    return first[0] == 0;
  }
}
