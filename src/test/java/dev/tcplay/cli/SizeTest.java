package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SizeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "299008, 299008",
    "292K, 299008",
    "10m, 10485760",
    "3G, 3221225472",
    "1t, 1099511627776",
    "9223372036854775807, 9223372036854775807"
  })
  void lettersAreBinaryUnits(String text, long bytes) {
    assertEquals(bytes, Size.parse(text).bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "K", "-1", "1.5G", "1 G", "1KB", "1P", "9223372036854775808", "8388608T"})
  void otherTextsAreRefused(String text) {
    assertThrows(TypeConversionException.class, () -> Size.parse(text));
  }
}
