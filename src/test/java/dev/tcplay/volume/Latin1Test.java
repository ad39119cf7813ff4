package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes of UTF-8 become those of ISO-8859-1, as the JDK would have it. */
class Latin1Test {

  @Test
  void everyCharacterOfTheSetHasItsByte() {
    StringBuilder all = new StringBuilder();
    for (char unit = 0; unit < 256; unit++) {
      all.append(unit);
    }
    assertArrayEquals(
        all.toString().getBytes(StandardCharsets.ISO_8859_1),
        Latin1.of(all.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatHasNoByteThereIsRefused() {
    for (String text : new String[] {"\u0100", "a\u20ac", "\u65e5\u672c", "\ud83d\ude00"}) {
      assertNull(Latin1.of(text.getBytes(StandardCharsets.UTF_8)), text);
    }
  }

  @Test
  void bytesAreTakenIfAndOnlyIfTheyAreUtf8OfSuchCharacters() {
    Random random = new Random(Seeds.of("bytesAreTakenIfAndOnlyIfTheyAreUtf8OfSuchCharacters"));
    byte[] likely = {'a', (byte) 0xC2, (byte) 0xC3, (byte) 0x80, (byte) 0xBF, (byte) 0xC1};
    int taken = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(6)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] =
            random.nextInt(8) == 0
                ? (byte) random.nextInt()
                : likely[random.nextInt(likely.length)];
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      boolean fits = text.chars().allMatch(unit -> unit < 256);
      byte[] converted = Latin1.of(bytes);
      assertEquals(fits, converted != null);
      if (converted != null) {
        assertArrayEquals(text.getBytes(StandardCharsets.ISO_8859_1), converted);
        taken++;
      }
    }
    assertTrue(taken > 10_000, "only " + taken);
  }

  @Test
  void asciiIsTheSameInBoth() {
    assertTrue(Latin1.isAscii(new byte[0]));
    assertTrue(Latin1.isAscii("secret".getBytes(StandardCharsets.UTF_8)));
    assertFalse(Latin1.isAscii("s\u00e9cret".getBytes(StandardCharsets.UTF_8)));
  }
}
