package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Allocations;
import dev.tcplay.testing.InstrumentedClasses;
import dev.tcplay.testing.Seeds;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An allocation that fails, wherever it is and in whatever thread, ends no volume as clean that has
 * damage, takes nothing that was forced, and leaves nobody waiting. The system property {@code
 * tcplay.allocations.runs} sets how many runs there are on each type.
 */
@ResourceLock(Allocations.LOCK)
class AllocationFailuresTest {

  private static final int RUNS = Integer.getInteger("tcplay.allocations.runs", 100);

  private static final InstrumentedClasses CLASSES = new InstrumentedClasses();

  @ParameterizedTest
  @CsvSource({
    "FAT12,1", "FAT16,1", "FAT32,1", "FAT12,2", "FAT16,4", "FAT32,3", "exFAT,1", "exFAT,3"
  })
  void noAllocationThatFailsDamagesAVolume(String type, int threads) throws Exception {
    Random seeds = new Random(Seeds.of("noAllocationThatFailsDamagesAVolume " + type + threads));
    int noticed = 0;
    for (int i = 0; i < RUNS; i++) {
      noticed += runs().applyAsInt(List.of(type, threads, seeds.nextLong()));
    }
    int failed = noticed;
    assertTrue(noticed > RUNS / 10, () -> "only " + failed + " failures had an effect");
  }

  @SuppressWarnings("unchecked") // the class is one of these; its twin here is another one
  private ToIntFunction<List<Object>> runs() throws ReflectiveOperationException {
    Constructor<?> constructor =
        CLASSES.loadClass(AllocationRuns.class.getName()).getDeclaredConstructor();
    constructor.setAccessible(true);
    return (ToIntFunction<List<Object>>) constructor.newInstance();
  }
}
