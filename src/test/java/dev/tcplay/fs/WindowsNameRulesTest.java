package dev.tcplay.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.InvalidPathException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsNameRulesTest {

  private final NameRules rules = new WindowsNameRules(UpcaseTable.standard());

  @Test
  void forbiddenCharactersAreRefused() {
    for (char unit : "\"*/:<>?\\|".toCharArray()) {
      InvalidPathException e =
          assertThrows(InvalidPathException.class, () -> rules.check("ab" + unit + "c"));
      assertEquals(2, e.getIndex());
    }
    for (char unit = 0; unit < ' '; unit++) {
      String name = "x" + unit;
      assertThrows(InvalidPathException.class, () -> rules.check(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "name.", "name ", " ", "a. "})
  void namesThatWindowsWouldChangeAreRefused(String name) {
    assertThrows(InvalidPathException.class, () -> rules.check(name));
  }

  @Test
  void theLimitIs255UnitsNotCharacters() {
    rules.check("x".repeat(255));
    rules.check("\uD83D\uDE00".repeat(127) + "x");
    assertThrows(InvalidPathException.class, () -> rules.check("x".repeat(256)));
    assertThrows(InvalidPathException.class, () -> rules.check("\uD83D\uDE00".repeat(128)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" leading", ".leading", "a", "\u007F", "+,;=[]", "a.b.c", "\uD83D", "con", "~1"})
  void otherNamesAreTaken(String name) {
    rules.check(name);
  }

  @Test
  void namesAreComparedWithoutCase() {
    assertFalse(rules.isCaseSensitive());
    assertEquals(rules.fold("Straße.TXT"), rules.fold("STRAßE.txt"));
    for (List<String> pair :
        List.of(
            List.of("strasse", "straße"),
            List.of("k", "\u212A"),
            List.of("i", "\u0131"),
            List.of("I", "\u0130"))) {
      assertNotEquals(rules.fold(pair.get(0)), rules.fold(pair.get(1)));
    }
  }
}
