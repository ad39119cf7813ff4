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
  void everyOtherCharacterIsShownAsItIs() {
    assertEquals("Unicode éß你好 \uD83D\uDE00\\", Names.visible("Unicode éß你好 \uD83D\uDE00\\"));
  }
}
