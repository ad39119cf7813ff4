package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void objectsKeepTheOrderOfTheirMembers() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("z", 1L);
    members.put("a", true);
    members.put("none", null);
    assertEquals("{\"z\": 1, \"a\": true, \"none\": null}", Json.of(members));
  }

  @Test
  void arraysHoldValuesOfAnyType() {
    assertEquals("[1, \"b\", [], {}]", Json.of(Arrays.asList(1, "b", List.of(), Map.of())));
  }

  @Test
  void whatMustBeEscapedInAStringIs() {
    assertEquals(
        "\"a\\\"b\\\\c\\u000a\\u0000\\u007f\\udc00/é\uD83D\uDE00\"",
        Json.of("a\"b\\c\n\0\u007f\uDC00/é\uD83D\uDE00"));
  }

  @Test
  void valuesOfOtherTypesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Json.of(new Object()));
  }
}
