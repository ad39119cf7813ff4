package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.time.Duration;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rule C7: the first run of free slots that is long enough. */
class FreeSlotsTest {

  @Test
  void aNewEntryTakesTheFirstPlaceThatIsLongEnough() {
    FreeSlots slots = new FreeSlots(100);
    assertEquals(100, slots.find(1));
    slots.free(10, 2);
    slots.free(20, 5);
    assertEquals(10, slots.find(2));
    assertEquals(20, slots.find(3));
    assertEquals(100, slots.find(6));
    slots.take(20, 3);
    assertEquals(100, slots.find(3));
    assertEquals(10, slots.find(1));
    slots.free(12, 8);
    assertEquals(10, slots.find(6));
  }

  @Test
  void deletedSlotsAtTheEndAreContinuedBehindIt() {
    FreeSlots slots = new FreeSlots(100);
    slots.free(97, 3);
    assertEquals(97, slots.find(5));
    slots.take(97, 5);
    assertEquals(102, slots.end());
    assertEquals(102, slots.find(1));
  }

  @Test
  void anEntryHasOneTo21Slots() {
    FreeSlots slots = new FreeSlots(0);
    assertEquals(0, slots.find(21));
    assertThrows(IllegalArgumentException.class, () -> slots.find(0));
    assertThrows(IllegalArgumentException.class, () -> slots.find(22));
  }

  @Test
  void itFindsWhatASearchOfAllSlotsFinds() {
    Random random = new Random(Seeds.of("itFindsWhatASearchOfAllSlotsFinds"));
    FreeSlots slots = new FreeSlots(0);
    BitSet used = new BitSet();
    for (int i = 0; i < 200_000; i++) {
      int count = 1 + random.nextInt(21);
      if (random.nextInt(400) < 200 - used.cardinality() / 10) {
        int found = slots.find(count);
        assertEquals(search(used, count), found);
        if (random.nextInt(4) > 0) {
          slots.take(found, count);
          used.set(found, found + count);
        }
      } else if (!used.isEmpty()) {
        int first = used.nextSetBit(random.nextInt(used.length()));
        int length = Math.min(count, used.nextClearBit(first) - first);
        slots.free(first, length);
        used.clear(first, first + length);
      }
      assertTrue(slots.end() >= used.length());
      assertTrue(slots.memory() < 1 << 14);
    }
  }

  /** Behind the end all is free, so that the search always ends. */
  private static int search(BitSet used, int count) {
    int start = used.nextClearBit(0);
    while (used.nextSetBit(start) >= 0 && used.nextSetBit(start) - start < count) {
      start = used.nextClearBit(used.nextSetBit(start));
    }
    return start;
  }

  @Test
  void manySmallHolesDoNotSlowLongNamesDown() {
    FreeSlots slots = new FreeSlots(60_000);
    for (int slot = 0; slot < 60_000; slot += 2) {
      slots.free(slot, 1);
    }
    assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 1_000_000; i++) {
            assertEquals(60_000, slots.find(2));
          }
        });
  }
}
