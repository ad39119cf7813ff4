package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterBitmapTest {

  private static final long MOST = (1L << 32) - 9;

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 32_768, 32_769, 100_000})
  void itDoesWhatABitSetDoes(int size) {
    Random random = new Random(Seeds.of("itDoesWhatABitSetDoes " + size));
    ClusterBitmap bitmap = new ClusterBitmap(size);
    BitSet model = new BitSet();
    for (int i = 0; i < 3000; i++) {
      int from = random.nextInt(size);
      int to =
          from + random.nextInt(random.nextBoolean() ? size - from + 1 : 1 + (size - from) / 50);
      boolean value = random.nextBoolean();
      model.set(from, to, value);
      if (value) {
        bitmap.set(from, to);
      } else {
        bitmap.clear(from, to);
      }
      assertEquals(model.cardinality(), bitmap.count());
      int at = random.nextInt(size);
      assertEquals(model.get(at), bitmap.get(at));
      int set = model.nextSetBit(at);
      assertEquals(set < 0 ? size : set, bitmap.nextSet(at, size));
      assertEquals(Math.min(size, model.nextClearBit(at)), bitmap.nextClear(at, size));
      int limit = at + random.nextInt(size - at + 1);
      assertEquals(set < 0 ? limit : Math.min(limit, set), bitmap.nextSet(at, limit));
    }
  }

  @Test
  void itReachesBeyondAllInts() {
    ClusterBitmap bitmap = new ClusterBitmap(MOST);
    bitmap.set(2, MOST);
    assertEquals(MOST - 2, bitmap.count());
    bitmap.clear((1L << 31) - 1, (1L << 31) + 1);
    bitmap.clear(MOST - 1, MOST);
    assertEquals((1L << 31) - 1, bitmap.nextClear(2, MOST));
    assertEquals((1L << 31) + 1, bitmap.nextSet((1L << 31) - 1, MOST));
    assertEquals(MOST - 1, bitmap.nextClear((1L << 31) + 1, MOST));
    assertTrue(bitmap.get(MOST - 2));
    assertFalse(bitmap.get(MOST - 1));
    assertFalse(bitmap.get(MOST));
    assertFalse(bitmap.get(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> bitmap.set(MOST - 1, MOST + 1));
    assertTrue(bitmap.memory() < 2 << 20, () -> bitmap.memory() + " bytes");
  }

  @Test
  void aPageOfEqualBitsTakesNoMemory() {
    ClusterBitmap bitmap = new ClusterBitmap(MOST);
    long empty = bitmap.memory();
    bitmap.set(MOST - 1, MOST);
    assertTrue(bitmap.memory() > empty);
    bitmap.set(MOST - 100_000, MOST);
    bitmap.clear(MOST - 100_000, MOST);
    assertEquals(empty, bitmap.memory());
    assertEquals(0, bitmap.count());
  }
}
