package dev.tcplay.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {

  private static final List<String> WORDS =
      List.of(
          "pim", "readOnly", "password", "passwordFile", "sha256", "sha512", "ls", "rm", "touch");

  @ParameterizedTest
  @CsvSource({
    "pimm,pim",
    "PIM,pim",
    "readonly,readOnly",
    "read-only,readOnly",
    "read_onyl,readOnly",
    "passwort,password",
    "pasword,password",
    "passwordfile,passwordFile",
    "sha521,sha512",
    "sl,ls",
    "mr,rm"
  })
  void aMistypedWordIsRecognised(String given, String meant) {
    assertEquals(Optional.of(meant), NearestWord.find(given, WORDS));
  }

  @ParameterizedTest
  @CsvSource({"x", "zebra", "p", "qq", "geheim", "nosuch", "''"})
  void whatIsNearToNothingIsNone(String given) {
    assertEquals(Optional.empty(), NearestWord.find(given, WORDS));
    assertEquals("", NearestWord.hint(given, WORDS));
  }

  @Test
  void aWordOfMillionsOfLettersIsComparedWithNone() {
    assertEquals(Optional.empty(), NearestWord.find("pim".repeat(10_000_000), WORDS));
  }

  @Test
  void theHintNamesTheWord() {
    assertEquals("; did you mean pim?", NearestWord.hint("pimm", WORDS));
  }
}
