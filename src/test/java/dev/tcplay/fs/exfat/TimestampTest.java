package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A time means the same moment to whoever reads it, wherever he is. */
class TimestampTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"Z", "+14:00", "-12:00", "+05:45", "+00:07", "+18:00", "-16:15", "-18:00"})
  void momentIsTheSameInEveryZone(String zone) {
    FileTime moment = FileTime.fromMillis(1_234_567_891_230L);
    Timestamp stamp = Timestamp.of(moment, ZoneId.of(zone));
    Timestamp read = Timestamp.of(stamp.stamp(), stamp.time().hundredths(), stamp.offset() & 0xFF);
    assertEquals(moment, read.in(ZoneOffset.ofHours(3)));
  }
}
