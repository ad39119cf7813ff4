package dev.tcplay.serve.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How paths of requests are taken apart. */
class RequestPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "//",
        "//a",
        "/a//b",
        "/.",
        "/..",
        "/../a",
        "/a/../b",
        "/a/./b",
        "/a/..",
        "/%2e",
        "/%2e%2e",
        "/%2E%2e/a",
        "/.%2e/a",
        "/a%2fb",
        "/a%2Fb",
        "/..%2f..%2fetc",
        "/a%5cb",
        "/a\\b",
        "/..\\..\\etc",
        "/%00",
        "/a%00.txt",
        "/a%0ab",
        "/a%7f",
        "/%",
        "/%2",
        "/%zz",
        "/a%",
        "/%c0%ae%c0%ae/a",
        "/%c0%af",
        "/%e0%80%af",
        "/%f0%80%80%af",
        "/%ed%a0%80",
        "/%ff",
        "/%f8%88%80%80%80",
        "/\u00e9"
      })
  void refusesWhatCouldLeadElsewhere(String raw) {
    assertEquals(400, assertThrows(HttpFailure.class, () -> RequestPath.parse(raw)).status());
  }

  @Test
  void readsNamesInUtf8() throws Exception {
    assertEquals(
        new RequestPath(List.of("a b", "\u00e9\u20ac\ud83d\ude00", "...", "%41"), false),
        RequestPath.parse("/a%20b/%c3%a9%e2%82%ac%F0%9F%98%80/.../%2541"));
    assertEquals(new RequestPath(List.of("a"), true), RequestPath.parse("/a/"));
    assertEquals(new RequestPath(List.of(), true), RequestPath.parse("/"));
    assertEquals(new RequestPath(List.of(), false), RequestPath.parse(""));
    assertEquals(new RequestPath(List.of("\u00e9"), false), RequestPath.parse("/\u00c3\u00a9"));
  }

  @Test
  void readsWhatItWrote() throws Exception {
    String name = "a;b?c#d&e%f\u00e9\ud83d\ude00 \"<>'[]{}|^`~";
    assertEquals(List.of(name), RequestPath.parse("/" + RequestPath.encode(name)).names());
  }
}
