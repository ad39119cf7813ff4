package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a check finds, beside what fsck.exfat finds: the rule L17. The system property {@code
 * tcplay.fuzz.fsck} sets how many volumes with a wild byte are compared.
 */
class CheckTest {

  private static final int WILD = Integer.getInteger("tcplay.fuzz.fsck", 60);

  private static final Pattern BENIGN_PRIMARY =
      Pattern.compile(
          "ERROR: .*: unknown entry type 0x[ab][0-9a-f] at .*"
              + "(\\RERROR: .*: unknown entry type 0x[c-f][0-9a-f] at .*)*");

  /** Damage that fsck.exfat 1.2.0 calls clean. */
  private static final Set<Damage> OURS_ALONE =
      EnumSet.of(
          Damage.NONE,
          Damage.BACKUP_CHECKSUM,
          Damage.DIRTY,
          Damage.MEDIA_FAILURE,
          Damage.MEDIA_IN_TABLE,
          Damage.NAME_FORBIDDEN,
          Damage.NAME_WITH_CONTROL,
          Damage.SAME_NAME,
          Damage.EMPTY_TWIN,
          Damage.DIRECTORY_WITHOUT_BYTES,
          Damage.DIRECTORY_VALID_LENGTH,
          Damage.BITMAP_MARKED_FREE,
          Damage.LOST);

  static List<Finding> check(BlockDevice device) throws IOException {
    List<Finding> findings = new ArrayList<>();
    new ExFatDriver().check(device, MountOptions.DEFAULT, findings::add);
    return findings;
  }

  private static Set<String> kinds(List<Finding> findings) {
    return findings.stream().map(Finding::kind).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void whatFsckFindsIsFound(Damage damage, @TempDir Path folder) throws Exception {
    HandMadeImage image = damage.image();
    byte[] before = image.get(0, (int) image.device.size());
    List<Finding> findings = check(image.device);
    if (damage == Damage.NONE) {
      assertEquals(List.of(), findings);
    } else {
      assertTrue(kinds(findings).contains(damage.kind), () -> damage + " " + findings);
    }
    assertEquals(-1, Arrays.mismatch(before, image.get(0, before.length)));
    Judge.Verdict fsck = fsck(image, folder);
    assertEquals(OURS_ALONE.contains(damage), isClean(fsck), fsck.output());
  }

  static Judge.Verdict fsck(HandMadeImage image, Path folder) throws Exception {
    return Judge.run("fsck.exfat", "-n", image.save(folder.resolve("volume.img")).toString());
  }

  /**
   * It reports some damage and calls the volume clean all the same. It also reports a benign
   * primary entry (types A0 to BF) that it does not know, and the secondary entries of its set,
   * which is lawful: the specification has readers pass over such sets.
   */
  static boolean isClean(Judge.Verdict fsck) {
    String errors = BENIGN_PRIMARY.matcher(fsck.output()).replaceAll("");
    return fsck.status() == 0 && !errors.contains("ERROR") && !errors.contains("failed");
  }

  @Test
  void whatFsckFindsBehindAWildByteIsFound(@TempDir Path folder) throws Exception {
    Random random = new Random(Seeds.of("whatFsckFindsBehindAWildByteIsFound"));
    for (int i = 0; i < WILD; i++) {
      HandMadeImage image = Damage.Sound.image();
      long[] places = {
        0,
        image.geometry.fatPosition(),
        image.position(2),
        image.position(3),
        image.slot(HandMadeImage.ROOT, 0),
        image.slot(HandMadeImage.ROOT, Damage.Sound.PLAIN),
        image.slot(Damage.Sound.DIRECTORY, 0)
      };
      int[] lengths = {12 * 512, 4 * 80, 12, 5836, 3 * 32, 13 * 32, 3 * 32};
      int place = random.nextInt(places.length);
      long at = places[place] + random.nextInt(lengths[place]);
      image.put(at, random.nextInt(256), 1);
      if (place >= 5 && random.nextBoolean()) {
        resealAll(image);
      }
      Judge.Verdict fsck = fsck(image, folder);
      List<Finding> findings = findings(image);
      assertTrue(isClean(fsck) || !findings.isEmpty(), () -> at + ": " + fsck.output());
    }
  }

  @Test
  void aLargeVolumeTakesOnePassOverItsBitmap() throws IOException {
    MemoryDevice memory = new MemoryDevice(1L << 40);
    new ExFatDriver().format(memory, FormatOptions.DEFAULT);
    CountingDevice device = new CountingDevice(memory);
    assertEquals(List.of(), check(device));
    long bitmap = BootRegion.find(memory).geometry().bitmapBytes() / 512;
    assertTrue(device.sectorsRead() < bitmap + 500, () -> device.sectorsRead() + " sectors");
  }

  /** Directories in directories, and each file's clusters those of the one before. */
  @Test
  void treesThatAreMadeToTakeMemoryTakeLittle() throws IOException {
    HandMadeImage image = new HandMadeImage(32 << 20);
    int parent = HandMadeImage.ROOT;
    for (int cluster = 10; cluster < 5000; cluster++) {
      image.addDirectory(parent, "a name of a directory", cluster);
      parent = cluster;
    }
    for (int file = 0; file < 40; file++) {
      image.add(
          HandMadeImage.ROOT,
          HandMadeImage.set("file " + file, 0x20, HandMadeImage.IN_ONE_PIECE, 10, 0, 20 << 20));
    }
    Set<String> kinds = kinds(check(image.device));
    assertEquals(Set.of("too-deep", "shared-clusters", "lost-clusters"), kinds);
  }

  private static List<Finding> findings(HandMadeImage image) throws IOException {
    try {
      return check(image.device);
    } catch (CorruptFileSystemException e) {
      return List.of(new Finding("unmountable", Optional.empty(), String.valueOf(e.getReason())));
    }
  }

  private static void resealAll(HandMadeImage image) throws IOException {
    for (int slot :
        new int[] {
          Damage.Sound.PLAIN, Damage.Sound.PIECES, Damage.Sound.LONG, Damage.Sound.FOLDER
        }) {
      long position = image.slot(HandMadeImage.ROOT, slot);
      image.change(position, 0, image.get(position, 1)[0], 1);
    }
    image.change(image.slot(Damage.Sound.DIRECTORY, 0), 0, 0x85, 1);
  }
}
