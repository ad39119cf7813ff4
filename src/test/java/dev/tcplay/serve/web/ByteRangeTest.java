package dev.tcplay.serve.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of a file of 1,000 bytes; the first cases are those of RFC 9110, section 14.1.2. */
class ByteRangeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-499|0-499",
        "bytes=500-999|500-999",
        "bytes=-500|500-999",
        "bytes=950-|950-999",
        "bytes=0-0,-1|0-0 999-999",
        "Bytes = 0-0 , 5-6|0-0 5-6",
        "bytes=990-2000|990-999",
        "bytes=-5000|0-999",
        "bytes=0-0,2000-3000|0-0"
      })
  void readsRanges(String field, String expected) throws Exception {
    List<String> read =
        ByteRange.parse(Optional.of(field), 1_000).stream()
            .map(range -> range.first() + "-" + range.last())
            .toList();
    assertEquals(expected, String.join(" ", read));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=1000-", "bytes=5000-6000", "bytes=-0", "bytes=1000-1000,-0"})
  void refusesRangesBeyondTheEnd(String field) {
    HttpFailure failure =
        assertThrows(HttpFailure.class, () -> ByteRange.parse(Optional.of(field), 1_000));
    assertEquals(416, failure.status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lines=1-2",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-4",
        "bytes=1-2,x",
        "bytes=--1",
        "bytes=99999999999999999999-",
        "bytes=0-999,0-999",
        "bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,10-10,11-11,12-12,13-13,14-14,15-15,16-16"
      })
  void sendsTheWholeForOthers(String field) throws Exception {
    assertEquals(List.of(), ByteRange.parse(Optional.of(field), 1_000));
  }

  @Test
  void emptyFilesHaveNoRanges() {
    assertThrows(HttpFailure.class, () -> ByteRange.parse(Optional.of("bytes=0-"), 0));
  }
}
