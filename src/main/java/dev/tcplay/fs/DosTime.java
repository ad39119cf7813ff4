package dev.tcplay.fs;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.Optional;

/**
 * A DOS time stamp, as FAT and exFAT store it: a local time of 1980 to 2107 without a zone, in
 * steps of two seconds, some with a count of hundredths beside. Immutable.
 *
 * @param date {@code (year - 1980) << 9 | month << 5 | day}; 0 stands for "not recorded"
 * @param time {@code hour << 11 | minute << 5 | second / 2}
 * @param hundredths 0 to 199, added to the time
 */
public record DosTime(int date, int time, int hundredths) implements Comparable<DosTime> {

  /** A time that is not recorded. It reads as the first moment of 1980. */
  public static final DosTime NONE = new DosTime(0, 0, 0);

  private static final int FIRST_YEAR = 1980;
  private static final int LAST_YEAR = FIRST_YEAR + 127;

  /** Outside of what can be stored in any zone; the calendar ends long before a moment can. */
  private static final Instant LONG_BEFORE = Instant.parse("1979-12-01T00:00:00Z");

  private static final Instant LONG_AFTER = Instant.parse("2108-02-01T00:00:00Z");

  /**
   * Returns the stamp of a moment, rounded down to hundredths of a second. A moment outside 1980 to
   * 2107 becomes the first or last stamp.
   */
  public static DosTime of(FileTime moment, ZoneId zone) {
    Instant instant = moment.toInstant();
    if (instant.isBefore(LONG_BEFORE)) {
      instant = LONG_BEFORE;
    } else if (instant.isAfter(LONG_AFTER)) {
      instant = LONG_AFTER;
    }
    ZonedDateTime local = instant.atZone(zone);
    if (local.getYear() < FIRST_YEAR) {
      return new DosTime(1 << 5 | 1, 0, 0);
    }
    if (local.getYear() > LAST_YEAR) {
      return new DosTime(127 << 9 | 12 << 5 | 31, 23 << 11 | 59 << 5 | 29, 199);
    }
    int date =
        (local.getYear() - FIRST_YEAR) << 9 | local.getMonthValue() << 5 | local.getDayOfMonth();
    int time = local.getHour() << 11 | local.getMinute() << 5 | local.getSecond() / 2;
    return new DosTime(date, time, local.getSecond() % 2 * 100 + local.getNano() / 10_000_000);
  }

  /** Returns the stamp before this one, a hundredth of a second earlier; the first has none. */
  public Optional<DosTime> previous() {
    FileTime earlier = FileTime.from(in(ZoneOffset.UTC).toInstant().minusMillis(10));
    DosTime stamp = of(earlier, ZoneOffset.UTC);
    return stamp.compareTo(this) < 0 ? Optional.of(stamp) : Optional.empty();
  }

  /** Compares the fields, of which the date weighs most. */
  @Override
  public int compareTo(DosTime other) {
    return Comparator.comparingInt(DosTime::date)
        .thenComparingInt(DosTime::time)
        .thenComparingInt(DosTime::hundredths)
        .compare(this, other);
  }

  /** Returns the stamp in steps of two seconds, as where no hundredths are stored. */
  public DosTime withoutHundredths() {
    return new DosTime(date, time, 0);
  }

  /**
   * Returns the moment that the stamp means in a zone. Fields out of range count as the nearest
   * lawful value. A local time that a clock change skipped moves forward by the gap; of two moments
   * with one local time the earlier is meant.
   */
  public FileTime in(ZoneId zone) {
    return FileTime.from(local().atZone(zone).toInstant());
  }

  private LocalDateTime local() {
    int year = FIRST_YEAR + ((date >> 9) & 0x7F);
    int month = Math.min(Math.max((date >> 5) & 0xF, 1), 12);
    int day = Math.max(date & 0x1F, 1);
    if (day > 28) {
      day = Math.min(day, YearMonth.of(year, month).lengthOfMonth());
    }
    if (date == 0) {
      return LocalDateTime.of(year, month, day, 0, 0);
    }
    int hour = Math.min((time >> 11) & 0x1F, 23);
    int minute = Math.min((time >> 5) & 0x3F, 59);
    int second = 2 * Math.min(time & 0x1F, 29);
    int rest = Math.min(hundredths, 199);
    return LocalDateTime.of(
        year, month, day, hour, minute, second + rest / 100, rest % 100 * 10_000_000);
  }
}
