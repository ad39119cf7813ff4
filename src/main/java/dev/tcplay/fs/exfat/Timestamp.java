package dev.tcplay.fs.exfat;

import dev.tcplay.fs.DosTime;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A time of a directory entry: a DOS time, and how far the clock was from UTC. Immutable.
 *
 * @param time the local time
 * @param offset bit 7 says that the others are set: quarters of an hour, signed in seven bits
 */
record Timestamp(DosTime time, int offset) {

  private static final int VALID = 0x80;
  private static final int QUARTER_SECONDS = 15 * 60;

  /** The quarters that seven bits hold: no clock on Earth is so far away. */
  private static final int LEAST_QUARTERS = -64;

  private static final int MOST_QUARTERS = 63;

  /** Makes a stamp of its field, of the hundredths beside, and of the byte of the offset. */
  static Timestamp of(int stamp, int hundredths, int offset) {
    return new Timestamp(new DosTime(stamp >>> 16, stamp & 0xFFFF, hundredths), offset);
  }

  /**
   * Returns the stamp of a moment, with the offset that a zone has then: in whole quarters, and the
   * nearest that can be stored.
   */
  static Timestamp of(FileTime moment, ZoneId zone) {
    int seconds = zone.getRules().getOffset(moment.toInstant()).getTotalSeconds();
    int whole = Math.floorDiv(seconds, QUARTER_SECONDS);
    int quarters = Math.max(LEAST_QUARTERS, Math.min(MOST_QUARTERS, whole));
    return new Timestamp(DosTime.of(moment, offset(quarters)), VALID | (quarters & 0x7F));
  }

  /** Returns the moment that is meant, in a zone if the entry does not say which. */
  FileTime in(ZoneId zone) {
    int quarters = (offset << 25) >> 25;
    return time.in((offset & VALID) != 0 ? offset(quarters) : zone);
  }

  private static ZoneOffset offset(int quarters) {
    return ZoneOffset.ofTotalSeconds(quarters * QUARTER_SECONDS);
  }

  /** Returns the field of 32 bits. */
  int stamp() {
    return time.date() << 16 | time.time();
  }
}
