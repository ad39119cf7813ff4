package dev.tcplay.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.testing.Seeds;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules E1 to E3. */
class DosTimeTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static String utc(int date, int time, int hundredths) {
    return new DosTime(date, time, hundredths).in(ZoneOffset.UTC).toString();
  }

  private static int date(int year, int month, int day) {
    return (year - 1980) << 9 | month << 5 | day;
  }

  private static int time(int hour, int minute, int second) {
    return hour << 11 | minute << 5 | second / 2;
  }

  @Test
  void theFieldsAreReadAsTheyAre() {
    assertEquals("2021-07-03T10:20:30Z", utc(date(2021, 7, 3), time(10, 20, 30), 0));
    assertEquals("2021-07-03T10:20:31.99Z", utc(date(2021, 7, 3), time(10, 20, 30), 199));
    assertEquals("2107-12-31T23:59:58Z", utc(date(2107, 12, 31), time(23, 59, 58), 0));
  }

  @Test
  void momentsBeyondTheCalendarBecomeTheFirstAndTheLastStamp() {
    for (ZoneId zone : new ZoneId[] {ZoneOffset.MIN, BERLIN, ZoneOffset.MAX}) {
      assertEquals(
          DosTime.of(FileTime.from(Instant.parse("1950-01-01T00:00:00Z")), zone),
          DosTime.of(FileTime.from(Instant.MIN), zone));
      assertEquals(
          DosTime.of(FileTime.from(Instant.parse("2200-01-01T00:00:00Z")), zone),
          DosTime.of(FileTime.from(Long.MAX_VALUE, TimeUnit.DAYS), zone));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 1980-01-01T00:00:00Z",
    "0, 65535, 255, 1980-01-01T00:00:00Z",
    "512, 0, 0, 1981-01-01T00:00:00Z",
    "0xFFFF, 0xFFFF, 255, 2107-12-31T23:59:59.99Z",
    "0x2A5F, 0, 0, 2001-02-28T00:00:00Z",
    "0x2A41, 0x001F, 0, 2001-02-01T00:00:58Z",
    "0x2A41, 0xFFE0, 0, 2001-02-01T23:59:00Z"
  })
  void fieldsOutOfRangeAreClamped(String date, String time, int hundredths, String expected) {
    assertEquals(expected, utc(Integer.decode(date), Integer.decode(time), hundredths));
  }

  @Test
  void anyBitsAreSomeTime() {
    Random random = new Random(Seeds.of("anyBitsAreSomeTime"));
    Instant first = Instant.parse("1979-12-31T00:00:00Z");
    Instant last = Instant.parse("2108-01-02T00:00:00Z");
    for (int i = 0; i < 200_000; i++) {
      DosTime stamp =
          new DosTime(random.nextInt(1 << 16), random.nextInt(1 << 16), random.nextInt(256));
      Instant moment = stamp.in(BERLIN).toInstant();
      assertEquals(true, moment.isAfter(first) && moment.isBefore(last), stamp.toString());
    }
  }

  @Test
  void aSkippedLocalTimeMovesForwardAndOfTwoTheEarlierIsMeant() {
    DosTime skipped = new DosTime(date(2021, 3, 28), time(2, 30, 0), 0);
    assertEquals("2021-03-28T01:30:00Z", skipped.in(BERLIN).toString());
    DosTime twice = new DosTime(date(2021, 10, 31), time(2, 30, 0), 0);
    assertEquals("2021-10-31T00:30:00Z", twice.in(BERLIN).toString());
  }

  @Test
  void stampsAreWrittenRoundedDownAndInRange() {
    FileTime moment = FileTime.from(Instant.parse("2021-07-03T10:20:31.999Z"));
    assertEquals(
        new DosTime(date(2021, 7, 3), time(10, 20, 30), 199), DosTime.of(moment, ZoneOffset.UTC));
    assertEquals(new DosTime(date(2021, 7, 3), time(12, 20, 30), 199), DosTime.of(moment, BERLIN));
    assertEquals(
        "1980-01-01T00:00:00Z",
        DosTime.of(FileTime.fromMillis(Long.MIN_VALUE), ZoneOffset.UTC)
            .in(ZoneOffset.UTC)
            .toString());
    assertEquals(
        "2107-12-31T23:59:59.99Z",
        DosTime.of(FileTime.fromMillis(Long.MAX_VALUE), ZoneOffset.UTC)
            .in(ZoneOffset.UTC)
            .toString());
  }

  @Test
  void everyHundredthSurvives() {
    Random random = new Random(Seeds.of("everyHundredthSurvives"));
    for (int i = 0; i < 20_000; i++) {
      long millis = 315_532_800_000L + (long) (random.nextDouble() * 4_000_000_000_000L);
      FileTime moment = FileTime.fromMillis(millis / 10 * 10);
      assertEquals(moment, DosTime.of(moment, ZoneOffset.UTC).in(ZoneOffset.UTC));
    }
  }
}
