package dev.tcplay.mapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.block.MemoryDevice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables as Linux takes and prints them. */
class TableTextTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** In Linux a byte 0xA0 is a blank, and the letter \u00E0 is 0xC3 0xA0. */
  @Test
  void aByteThatLinuxTakesForABlankIsQuotedWithinALetter() throws Exception {
    String device = "/tmp/\u00E0 b\\c\u00E9";
    Table table = Table.of(List.of(TableLine.of(0, 8, "linear", List.of(device, "0"))));
    byte[] text = table.print(true);
    assertEquals(
        "0 8 linear /tmp/\u00C3\\\u00A0\\ b\\\\c\u00C3\u00A9 0\n",
        new String(text, StandardCharsets.ISO_8859_1));
    assertEquals(List.of(device, "0"), Table.parse(text).lines().get(0).words());
    assertThrows(MalformedTableException.class, () -> Table.parse(bytes("0 8 linear /\u00E0 0")));
  }

  @Test
  void aLineForManyDevicesQuotesTheByteOnceMore() throws Exception {
    Table table = Table.of(List.of(TableLine.of(0, 8, "linear", List.of("\u00E0,", "0"))));
    byte[] text = DeviceTable.printConcise(List.of(new DeviceTable("x", table)), false);
    assertEquals(
        "x,,,rw,0 8 linear \u00C3\\\\\u00A0\\, 0\n", new String(text, StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          flakey /d 0 9 1, flakey /d 0 9 1 0
          flakey /d 0 9 1 0, flakey /d 0 9 1 0
          flakey /d 0 9 1 2 drop_writes error_reads, flakey /d 0 9 1 2 error_reads drop_writes
          flakey /d 0 9 1 2 error_writes error_reads, flakey /d 0 9 1 2 error_reads error_writes
          crypt C K 0 /d 0 0, crypt C K 0 /d 0
          crypt C K 0 /d 0 1 sector_size:512, crypt C K 0 /d 0
          crypt C K 0 /d 0 2 same_cpu_crypt allow_discards, crypt C K 0 /d 0 2 allow_discards same_cpu_crypt
          """)
  void optionsArePrintedInLinuxOrder(String loaded, String printed) throws Exception {
    String key = "0f".repeat(32);
    try (DeviceMapper mapper = new DeviceMapper((name, readOnly) -> new MemoryDevice(4096));
        Table table = Table.parse(bytes("0 8 " + full(loaded, key)))) {
      mapper.create("x", table);
      try (Table live = mapper.table("x").orElseThrow()) {
        assertEquals(
            "0 8 " + full(printed, key) + "\n",
            new String(live.print(true), StandardCharsets.UTF_8));
      }
      mapper.remove("x");
    }
  }

  private static String full(String line, String key) {
    return line.replace("C K", "aes-cbc-plain64 " + key);
  }
}
