package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClusterSetTest {

  @Test
  void clustersWithEqualLowerBitsAreTold() {
    ClusterSet set = new ClusterSet();
    long[] clusters = {2, 66, 4098, (1L << 31) - 1, 1L << 31, (1L << 31) + 2, (1L << 32) - 10};
    for (long cluster : clusters) {
      assertFalse(set.contains(cluster));
      assertTrue(set.add(cluster));
      assertFalse(set.add(cluster));
      assertTrue(set.contains(cluster));
    }
    assertFalse(set.contains(3));
    assertTrue(set.memory() < 5000);
  }
}
