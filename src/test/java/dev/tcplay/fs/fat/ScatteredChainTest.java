package dev.tcplay.fs.fat;

import static dev.tcplay.block.FlakeyDevice.Fault.FAIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.FlakeyDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.ExtentMap;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Places in chains of many runs, some of which are forgotten or could not be read. */
class ScatteredChainTest {

  /** Every cluster a run of its own, beyond what is remembered. */
  @Test
  void aScatteredChainIsFoundAgainAtAnyPlace() throws IOException {
    int clusters = 200_000;
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < clusters; i++) {
      order.add(i + 2);
    }
    Random random = new Random(Seeds.of("aScatteredChainIsFoundAgainAtAnyPlace"));
    Collections.shuffle(order, random);
    MemoryDevice device = new MemoryDevice(4L * (clusters + 2) + 4096);
    Geometry geometry =
        new Geometry(FatType.FAT32, 512, 512, 0, device.size(), 0, 0, 2, 0, clusters, 0);
    for (int i = 0; i < clusters; i++) {
      link(device, order.get(i), i + 1 < clusters ? order.get(i + 1) : 0xFFFFFFF);
    }
    FatTable table = new FatTable(device, geometry);
    ExtentMap extents = new ExtentMap(table, order.get(0), () -> "/x");
    for (int i = 0; i < 3000; i++) {
      int place = random.nextInt(clusters);
      assertEquals((long) order.get(place), extents.find(place, 5).cluster());
    }
    assertEquals((long) order.get(clusters - 1), extents.find(clusters - 1, 1).cluster());
    assertNull(extents.find(clusters, 1));
    assertTrue(extents.memory() <= 1 << 20, () -> extents.memory() + " bytes");
  }

  @Test
  void aReadThatFailsIsMadeAgainAndNotTakenForDamage() throws IOException {
    int[] chain = {10, 3000, 11, 3001, 12, 3002};
    MemoryDevice device = new MemoryDevice(1 << 15);
    for (int i = 0; i < chain.length; i++) {
      link(device, chain[i], i + 1 < chain.length ? chain[i + 1] : 0xFFFFFFF);
    }
    BlockDevice flakey = new FlakeyDevice(device, FlakeyDevice.Schedule.alternating(2, 1, FAIL));
    Geometry geometry =
        new Geometry(FatType.FAT32, 512, 512, 0, device.size(), 0, 0, 2, 0, 4000, 0);
    ExtentMap extents = new ExtentMap(new FatTable(flakey, geometry), 10, () -> "/x");
    int failures = 0;
    for (int place = 0; place < chain.length; ) {
      try {
        assertEquals(chain[place], extents.find(place, 1).cluster());
        place++;
      } catch (CorruptFileSystemException e) {
        throw e;
      } catch (IOException e) {
        failures++;
      }
    }
    assertTrue(failures > 2, "reads that failed: " + failures);
  }

  /** Makes a FAT32 entry of a table that begins where the device does. */
  private static void link(MemoryDevice device, int from, int to) throws IOException {
    byte[] entry = {(byte) to, (byte) (to >> 8), (byte) (to >> 16), (byte) (to >> 24)};
    device.write(4L * from, entry, 0, 4);
  }
}
