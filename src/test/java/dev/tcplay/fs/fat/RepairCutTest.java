package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A repair that a power cut breaks off is done by the next one. */
class RepairCutTest {

  /** Every prefix of the writes, and random sectors of what no flush followed. */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void aPowerCutInARepairIsMendedByTheNextOne(FatType type) throws Exception {
    Random random = new Random(Seeds.of("aPowerCutInARepairIsMendedByTheNextOne " + type));
    for (boolean keep : new boolean[] {false, true}) {
      RepairOptions how =
          keep ? RepairOptions.DEFAULT.withKeepLost(Optional.of("lost")) : Repairs.FREE;
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
      byte[] start = Repairs.bytes(image.device);
      Map<String, byte[]> sound = Repairs.readable(image.device);
      LogWritesDevice log = new LogWritesDevice(device(start));
      Repairs.repair(log, how);
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
    List<Finding> findings = Repairs.repair(device, how);
    assertTrue(findings.stream().allMatch(Finding::mended), findings::toString);
    assertEquals(List.of(), Checks.findings(device));
    Map<String, byte[]> after = Repairs.readable(device);
    sound.forEach((path, bytes) -> assertArrayEquals(bytes, after.get(path), path));
  }

  private static MemoryDevice device(byte[] bytes) throws IOException {
    MemoryDevice device = new MemoryDevice(bytes.length);
    device.write(0, bytes, 0, bytes.length);
    return device;
  }
}
