package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.model.UnlockProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {

  private static final long SECOND = 1_000_000_000;

  private final List<UnlockProgress> news = new ArrayList<>();
  private long now = 7 * SECOND;
  private final ProgressMeter meter = new ProgressMeter(news::add, 30, 1000, () -> now);

  private UnlockProgress newsAfter(int seconds) {
    now += seconds * SECOND;
    meter.report();
    return news.get(news.size() - 1);
  }

  private static UnlockProgress expected(int tried, int elapsed, Optional<Duration> remaining) {
    return new UnlockProgress(tried, 30, Duration.ofSeconds(elapsed), remaining);
  }

  @Test
  void whatRemainsFollowsFromTheCostOfWhatIsDone() {
    assertEquals(expected(0, 0, Optional.empty()), newsAfter(0));
    assertEquals(expected(0, 2, Optional.empty()), newsAfter(2));
    meter.add(5, 100); // a tenth in 2 s
    assertEquals(expected(5, 2, Optional.of(Duration.ofSeconds(18))), newsAfter(0));
    assertEquals(expected(5, 5, Optional.of(Duration.ofSeconds(15))), newsAfter(3));
    assertEquals(expected(5, 25, Optional.of(Duration.ZERO)), newsAfter(20));
    meter.add(25, 900);
    assertEquals(expected(30, 25, Optional.of(Duration.ZERO)), newsAfter(0));
  }

  @Test
  void theFirstSecondTellsNothing() {
    now += SECOND - 1;
    meter.add(1, 100);
    meter.report();
    assertEquals(Optional.empty(), news.get(0).remaining());
  }
}
