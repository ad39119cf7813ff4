package dev.tcplay.nio;

import java.util.regex.PatternSyntaxException;

/** Turns a glob, as {@link java.nio.file.FileSystem#getPathMatcher} defines it, into a regex. */
final class Glob {

  private static final String REGEX_META = "\\.[]{}()<>*+-=!?^$|&";
  private static final int NONE = -1;
  private static final String NOT_SEPARATOR = "[^/]";

  private final String glob;
  private final StringBuilder regex = new StringBuilder();
  private int next;
  private boolean inGroup;

  private Glob(String glob) {
    this.glob = glob;
  }

  /**
   * Returns the regex for a whole path.
   *
   * @throws PatternSyntaxException if the glob is malformed
   */
  static String toRegex(String glob) {
    return new Glob(glob).translate();
  }

  private String translate() {
    while (next < glob.length()) {
      char c = glob.charAt(next++);
      switch (c) {
        case '*' -> star();
        case '?' -> regex.append(NOT_SEPARATOR);
        case '[' -> characterClass();
        case '{' -> openGroup();
        case '}' -> closeGroup();
        case ',' -> regex.append(inGroup ? ")|(?:" : ",");
        case '\\' -> literal(escaped());
        default -> literal(c);
      }
    }
    if (inGroup) {
      throw malformed("missing }");
    }
    return regex.toString();
  }

  private void star() {
    regex.append(accept('*') ? ".*" : NOT_SEPARATOR + "*");
  }

  private void openGroup() {
    if (inGroup) {
      throw malformed("a group inside a group");
    }
    inGroup = true;
    regex.append("(?:(?:");
  }

  private void closeGroup() {
    regex.append(inGroup ? "))" : "\\}");
    inGroup = false;
  }

  private char escaped() {
    if (next == glob.length()) {
      throw malformed("nothing to escape");
    }
    return glob.charAt(next++);
  }

  private void literal(char c) {
    if (REGEX_META.indexOf(c) >= 0) {
      regex.append('\\');
    }
    regex.append(c);
  }

  /** A class never matches the separator, whatever it lists or excludes. */
  private void characterClass() {
    regex.append("[[^/]&&[");
    if (accept('^')) {
      // Excludes nothing here, and, as in the JDK, begins no range.
      literal('^');
    } else {
      if (accept('!')) {
        regex.append('^');
      }
      if (accept('-')) {
        literal('-');
      }
    }
    int rangeStart = NONE;
    while (!accept(']')) {
      char c = inClass();
      if (c == '/') {
        throw malformed("a separator in a class");
      }
      if (c == '-') {
        range(rangeStart);
        rangeStart = NONE;
      } else {
        literal(c);
        rangeStart = c;
      }
    }
    regex.append("]]");
  }

  /** Goes on after a dash, which stands for itself before the end of the class. */
  private void range(int first) {
    if (first == NONE) {
      throw malformed("a range without a start");
    }
    if (next < glob.length() && glob.charAt(next) == ']') {
      literal('-');
      return;
    }
    char last = inClass();
    if (last < first) {
      throw malformed("a range that runs backwards");
    }
    regex.append('-');
    literal(last);
  }

  private char inClass() {
    if (next == glob.length()) {
      throw malformed("missing ]");
    }
    return glob.charAt(next++);
  }

  private boolean accept(char wanted) {
    boolean found = next < glob.length() && glob.charAt(next) == wanted;
    next += found ? 1 : 0;
    return found;
  }

  private PatternSyntaxException malformed(String description) {
    return new PatternSyntaxException(description, glob, next - 1);
  }
}
