package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {

  @Test
  void orderIsThatOfUtf8BytesNotOfUtf16Units() {
    List<String> names = List.of("\uD83D\uDE00", "\uFF5E", "é", "b", "a/b", "a.txt", "B");
    List<String> sorted = names.stream().sorted(Names.UTF_8_ORDER).toList();
    assertEquals(List.of("B", "a.txt", "a/b", "b", "é", "\uFF5E", "\uD83D\uDE00"), sorted);
  }

  @Test
  void namesThatDifferInAnUnpairedSurrogateAloneStayApart() {
    assertEquals(1, Integer.signum(Names.UTF_8_ORDER.compare("\uDC01", "\uDC00")));
  }

  @Test
  void controlCharactersAndUnpairedSurrogatesAreShownAsEscapes() {
    assertEquals("a\\u000ab\\u001b[31m\\u009b\\ud83d", Names.visible("a\nb\u001b[31m\u009b\uD83D"));
  }

  @Test
  void whatTurnsTheDirectionOrSeparatesLinesIsShownAsEscapes() {
    String turning = "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";
    for (char c : (turning + "\u2028\u2029").toCharArray()) {
      assertEquals("a\\u%04xb".formatted((int) c), Names.visible("a" + c + "b"));
      assertEquals("\"\\u%04x\"".formatted((int) c), Json.of(String.valueOf(c)));
    }
    // Scripts that run from right to left, and joiners of emoji, stay as they are.
    assertEquals("שלום مرحبا \u200D", Names.visible("שלום مرحبا \u200D"));
  }

  @Test
  void everyOtherCharacterIsShownAsItIs() {
    assertEquals("Unicode éß你好 \uD83D\uDE00\\", Names.visible("Unicode éß你好 \uD83D\uDE00\\"));
  }
}
