package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.fs.NameRules;
import dev.tcplay.testing.Seeds;
import java.io.File;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.util.Random;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

class PathMatcherTest {

  private static final String PATTERN = "aab.*?[]{},-!^/\\&";
  private static final String TEXT = "aab.-!^/,&*{}";

  private final FileSystem exact =
      new MemoryVolume(NameRules.EXACT, MemoryItem.directory("")).mount();
  private final FileSystem caseless =
      new MemoryVolume(MemoryVolume.CASELESS, MemoryItem.directory("")).mount();

  @Test
  void globsMatchAsOnUnix() {
    assumeTrue(File.separatorChar == '/', "the default file system is not Unix's");
    Random random = new Random(Seeds.of("PathMatcherTest"));
    int matches = 0;
    for (int i = 0; i < 50_000; i++) {
      // The JDK hands the end of a range to its regex as it is, whatever it means there.
      String glob = text(random, PATTERN).replaceAll("-[\\[\\\\&^]", "-b");
      String path = text(random, TEXT);
      String expected = outcome(FileSystems.getDefault(), glob, path);
      assertEquals(expected, outcome(exact, glob, path), () -> glob + " on " + path);
      matches += expected.equals("true") ? 1 : 0;
    }
    assertTrue(matches > 300, "too few matches to show anything: " + matches);
  }

  private static String outcome(FileSystem fileSystem, String glob, String path) {
    try {
      boolean matches = fileSystem.getPathMatcher("glob:" + glob).matches(fileSystem.getPath(path));
      return String.valueOf(matches);
    } catch (PatternSyntaxException e) {
      return "malformed";
    }
  }

  private static String text(Random random, String characters) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(8);
    for (int i = 0; i < length; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  @Test
  void matchersMindCaseAsTheVolumeDoes() {
    assertTrue(matches(caseless, "glob:*.TXT", "é.txt"));
    assertTrue(matches(caseless, "glob:É[A-C].{TXT,pdf}", "éb.txt"));
    assertTrue(matches(caseless, "regex:A+", "aa"));
    assertFalse(matches(exact, "glob:*.TXT", "a.txt"));
    assertFalse(matches(exact, "regex:A+", "aa"));
  }

  @Test
  void namesOfSyntaxesAreReadWithoutCase() {
    assertTrue(matches(exact, "GLOB:a?", "ab"));
    assertTrue(matches(exact, "RegEx:a.", "ab"));
  }

  @Test
  void leadingDotsAndLineEndsMatch() {
    assertTrue(matches(exact, "glob:*", ".hidden"));
    assertTrue(matches(exact, "glob:**", "a/.b\nc"));
  }

  @Test
  void unknownSyntaxesAndMalformedPatternsAreRefused() {
    assertThrows(UnsupportedOperationException.class, () -> exact.getPathMatcher("grep:a"));
    assertThrows(IllegalArgumentException.class, () -> exact.getPathMatcher("*.txt"));
    assertThrows(PatternSyntaxException.class, () -> exact.getPathMatcher("glob:[a"));
    assertThrows(PatternSyntaxException.class, () -> exact.getPathMatcher("glob:{a"));
    assertThrows(PatternSyntaxException.class, () -> exact.getPathMatcher("glob:{a{b}}"));
    assertThrows(PatternSyntaxException.class, () -> exact.getPathMatcher("glob:a\\"));
    assertThrows(PatternSyntaxException.class, () -> exact.getPathMatcher("regex:("));
  }

  private static boolean matches(FileSystem fileSystem, String pattern, String path) {
    return fileSystem.getPathMatcher(pattern).matches(fileSystem.getPath(path));
  }
}
