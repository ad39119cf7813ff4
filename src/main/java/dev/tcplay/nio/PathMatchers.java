package dev.tcplay.nio;

import java.nio.file.PathMatcher;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes matchers of {@code glob:} and {@code regex:} expressions. */
final class PathMatchers {

  private PathMatchers() {}

  /**
   * Makes a matcher.
   *
   * @param expression syntax and pattern, as {@code FileSystem.getPathMatcher} takes them
   * @param caseSensitive whether the volume tells names apart by case alone
   * @throws IllegalArgumentException if there is no syntax, or the pattern is malformed
   * @throws UnsupportedOperationException if the syntax is unknown
   */
  static PathMatcher of(String expression, boolean caseSensitive) {
    int colon = expression.indexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("a matcher is syntax:pattern but was " + expression);
    }
    String text = expression.substring(colon + 1);
    String syntax = expression.substring(0, colon).toLowerCase(Locale.ROOT);
    String regex =
        switch (syntax) {
          case "glob" -> Glob.toRegex(text);
          case "regex" -> text;
          default ->
              throw new UnsupportedOperationException(
                  "syntax " + syntax + " is unknown; known are glob and regex");
        };
    int flags = caseSensitive ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    Pattern pattern =
        Pattern.compile(regex, syntax.equals("glob") ? flags | Pattern.DOTALL : flags);
    return path -> pattern.matcher(path.toString()).matches();
  }
}
