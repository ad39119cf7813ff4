package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.testing.Seeds;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChunkSetTest {

  private static final int STEPS = 20_000;

  @Test
  void numbersAreThoseOfASet() {
    Random random = new Random(Seeds.of("ChunkSetTest"));
    ChunkSet chunks = new ChunkSet();
    TreeSet<Long> model = new TreeSet<>();
    long[] bases = {0, 4096, 1L << 20, 1L << 40, (1L << 51) - 10_000};
    for (int step = 0; step < STEPS; step++) {
      long number = bases[random.nextInt(bases.length)] + random.nextInt(10_000);
      switch (random.nextInt(100)) {
        case 0 -> {
          chunks.cut(number);
          model.tailSet(number).clear();
        }
        case 1 ->
            assertArrayEquals(
                model.stream().mapToLong(each -> each).toArray(), chunks.numbers().toArray());
        case 2 -> {
          long each = 1L << random.nextInt(15);
          assertEquals(
              model.stream().mapToLong(one -> one / each).distinct().count(), chunks.parts(each));
        }
        default -> {
          assertEquals(model.contains(number), chunks.contains(number));
          chunks.add(number);
          model.add(number);
        }
      }
    }
    chunks.clear();
    assertEquals(0, chunks.numbers().count());
  }

  @Test
  void aCutFallsAnywhereInAPage() {
    for (long end : new long[] {0, 1, 63, 64, 65, 4095, 4096, 4097, 5000}) {
      ChunkSet chunks = new ChunkSet();
      for (long number = 0; number < 5000; number++) {
        chunks.add(number);
      }
      chunks.cut(end);
      assertEquals(end, chunks.numbers().count());
      assertEquals(end == 0 ? 0 : 1, chunks.parts(1 << 20));
    }
  }
}
