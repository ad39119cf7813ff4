package dev.tcplay.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which charsets may be the code page. */
class CodePageOptionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IBM437",
        "IBM850",
        "IBM852",
        "IBM866",
        "windows-1252",
        "ISO-8859-1",
        "US-ASCII",
        "UTF-8",
        "windows-31j",
        "GBK",
        "Big5",
        "x-windows-949"
      })
  void aCodePageMayHaveAnythingAboveAscii(String name) {
    Charset charset = Charset.forName(name);
    for (Object value : List.of(name, charset)) {
      try (ParsedOptions options = ContainerOptions.parse(Map.of("codePage", value))) {
        assertEquals(charset, options.codePage());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTF-16",
        "UTF-16LE",
        "UTF-32",
        "IBM037",
        "IBM500",
        "IBM1047",
        "x-IBM930",
        "IBM290",
        "ISO-2022-JP",
        "ISO-2022-KR",
        "ISO-2022-CN",
        "x-JISAutoDetect",
        "JIS_X0212-1990"
      })
  void aCodePageThatDoesNotKeepAsciiIsRefused(String name) {
    Charset charset = Charset.forName(name);
    for (Object value : List.of(name, charset)) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> ContainerOptions.parse(Map.of("codePage", value)))
              .getMessage();
      assertTrue(message.startsWith("codePage must ") && message.contains("ASCII"), message);
    }
  }
}
