package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatusLineTest {

  /** In the last column a terminal would go on in the next row. */
  @Test
  void aLineIsCutToTheWidthOfTheTerminal() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (StatusLine line = new StatusLine(new Screen(shown, StandardCharsets.UTF_8, 10))) {
      line.show("0123456789abc");
      line.show("012345678");
      line.show("short");
    }
    assertEquals(
        "\r012345678\r012345678\rshort    \r     \r", shown.toString(StandardCharsets.UTF_8));
  }
}
