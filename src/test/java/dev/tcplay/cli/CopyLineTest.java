package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CopyLineTest {

  private static final long MILLI = 1_000_000;

  private final StringWriter written = new StringWriter();
  private long now = Long.MAX_VALUE - 5; // such clocks overflow
  private final CopyLine line = new CopyLine(new PrintWriter(written), () -> now);

  private void after(int millis, long bytes) {
    now += millis * MILLI;
    line.add(bytes);
  }

  @Test
  void nothingIsWrittenWhileCopyingIsQuick() {
    line.expect(1000);
    after(1000, 500);
    after(999, 500);
    line.close();
    assertEquals("", written.toString());
  }

  @Test
  void aLongCopyIsShownFourTimesASecondAndErased() {
    line.expect(100_000_000);
    after(1000, 5_000_000);
    after(1000, 20_000_000);
    after(249, 1);
    after(1, 24_999_999);
    line.close();
    String first = "[#####---------------] 25.0 MB of 100.0 MB, 12.5 MB/s, about 7 s to go";
    String second = "[##########----------] 50.0 MB of 100.0 MB, 22.2 MB/s, about 3 s to go";
    assertEquals(
        "\r" + first + "\r" + second + "\r" + " ".repeat(second.length()) + "\r",
        written.toString());
  }

  @Test
  void withoutATotalTheRateIsShown() {
    after(4000, 20_000_000_000L);
    assertEquals("\r20.0 GB, 5000.0 MB/s", written.toString());
  }

  @Test
  void moreThanTheTotalIsNoPartOfIt() {
    line.expect(10);
    after(2000, 2_000_000);
    assertEquals("\r2.0 MB, 1.0 MB/s", written.toString());
  }
}
