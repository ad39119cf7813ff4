package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repair that a power cut breaks off is done by the next one. */
class RepairCutTest {

  private static final List<Damage> DAMAGE =
      List.of(
          Damage.BACKUP_CHECKSUM,
          Damage.MEDIA_IN_TABLE,
          Damage.NAME_HASH,
          Damage.CHAIN_TOO_LONG,
          Damage.MARKED_FREE,
          Damage.BITMAP_MARKED_FREE,
          Damage.TWO_NAMES_OF_A_DIRECTORY,
          Damage.CLUSTER_WITHOUT_BYTES,
          Damage.TORN_END,
          Damage.LOST);

  /** Every prefix of the writes, and random sectors of what no flush followed. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPowerCutInARepairIsMendedByTheNextOne(boolean keep) throws Exception {
    Random random = new Random(Seeds.of("aPowerCutInARepairIsMendedByTheNextOne " + keep));
    RepairOptions how =
        keep
            ? RepairOptions.DEFAULT.withKeepLost(Optional.of("lost/found"))
            : RepairOptions.DEFAULT;
    HandMadeImage image = Damage.Sound.image();
    for (Damage damage : DAMAGE) {
      damage.on(image);
    }
    for (int cluster = 400; cluster < 440; cluster += 2) {
      image.mark(cluster, true);
    }
    cutAndRepair(image, how, random);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BOOT_SECTOR", "BOOT_CHECKSUM", "BACKUP_CHECKSUM"})
  void aPowerCutInTheRepairOfABootRegionIsMendedByTheNextOne(Damage damage) throws Exception {
    Random random = new Random(Seeds.of("aPowerCutInTheRepairOfABootRegion " + damage));
    cutAndRepair(damage.image(), RepairOptions.DEFAULT, random);
  }

  private static void cutAndRepair(HandMadeImage image, RepairOptions how, Random random)
      throws Exception {
    byte[] start = image.get(0, (int) image.device.size());
    Map<String, byte[]> sound = readable(image.device);
    LogWritesDevice log = new LogWritesDevice(device(start));
    RepairTest.repair(log, how);
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

  private static void assertRepairedAgain(
      BlockDevice device, RepairOptions how, Map<String, byte[]> sound) throws Exception {
    List<Finding> findings = RepairTest.repair(device, how);
    assertTrue(findings.stream().allMatch(Finding::mended), findings::toString);
    assertEquals(List.of(), CheckTest.check(device));
    Map<String, byte[]> after = readable(device);
    sound.forEach(
        (path, bytes) -> {
          // Of two names one is left.
          String left = after.containsKey(path) ? path : path.replace("/folder/", "/two/");
          assertArrayEquals(bytes, after.get(left), path);
        });
  }

  /** Returns the contents of all files that can be read, by their paths. */
  static Map<String, byte[]> readable(BlockDevice device) throws IOException {
    MountOptions reading = MountOptions.DEFAULT.withReadOnly(true);
    try (MountedVolume volume = new ExFatDriver().mount(new KeptDevice(device), reading)) {
      return Walk.readable(volume);
    }
  }

  private static MemoryDevice device(byte[] bytes) throws IOException {
    MemoryDevice device = new MemoryDevice(bytes.length);
    device.write(0, bytes, 0, bytes.length);
    return device;
  }
}
