package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.model.UnlockProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnlockLineTest {

  private final StringWriter written = new StringWriter();
  private final UnlockLine line = new UnlockLine(new PrintWriter(written));

  private static UnlockProgress progress(int tried, int millis, int remaining) {
    return new UnlockProgress(
        tried,
        98,
        Duration.ofMillis(millis),
        remaining == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(remaining)));
  }

  @Test
  void nothingIsWrittenWhileUnlockingIsQuick() {
    line.progress(progress(0, 0, 0));
    line.progress(progress(5, 1999, 3000));
    line.close();
    assertEquals("", written.toString());
  }

  @Test
  void longUnlockingIsShownAndErased() {
    line.progress(progress(10, 2500, 12_300));
    line.progress(progress(11, 3000, 0));
    line.close();
    String first = "unlocking: 10 of 98 combinations tried in 2 s, at most about 13 s to go";
    String second = "unlocking: 11 of 98 combinations tried in 3 s";
    assertEquals(
        "\r"
            + first
            + "\r"
            + second
            + " ".repeat(first.length() - second.length())
            + "\r"
            + " ".repeat(second.length())
            + "\r",
        written.toString());
  }

  @Test
  void withoutAScreenNothingHappens() {
    UnlockLine nowhere = new UnlockLine(null);
    nowhere.progress(progress(10, 2500, 0));
    nowhere.close();
    assertEquals("", written.toString());
  }
}
