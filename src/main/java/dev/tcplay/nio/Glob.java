package dev.tcplay.nio;

import java.util.regex.PatternSyntaxException;

/** Turns a glob, as {@link java.nio.file.FileSystem#getPathMatcher} defines it, into a regex. */
final class Glob {

  private static final String REGEX_META = "\\.[]{}()<>*+-=!?^$|&";
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
    if (next < glob.length() && glob.charAt(next) == '*') {
      next++;
      regex.append(".*");
    } else {
      regex.append(NOT_SEPARATOR).append('*');
    }
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
    if (next < glob.length() && glob.charAt(next) == '!') {
      next++;
      regex.append('^');
    } else if (next < glob.length() && glob.charAt(next) == '^') {
      // Excludes nothing here, and, as in the JDK, begins no range.
      literal(glob.charAt(next++));
    }
    char first = '\0';
    boolean canStartRange = false;
    int start = glob.charAt(next - 1) == '^' ? next - 1 : next;
    while (true) {
      if (next == glob.length()) {
        throw malformed("missing ]");
      }
      char c = glob.charAt(next++);
      if (c == ']') {
        break;
      }
      if (c == '/') {
        throw malformed("a separator in a class");
      }
      boolean isRange = c == '-' && next - 1 > start;
      if (!isRange) {
        literal(c);
        first = c;
        canStartRange = c != '-';
        continue;
      }
      if (!canStartRange) {
        throw malformed("a range without a start");
      }
      if (next < glob.length() && glob.charAt(next) != ']') {
        char last = glob.charAt(next++);
        if (last < first) {
          throw malformed("a range that runs backwards");
        }
        regex.append('-');
        literal(last);
      } else {
        literal('-');
      }
      canStartRange = false;
    }
    regex.append("]]");
  }

  private PatternSyntaxException malformed(String description) {
    return new PatternSyntaxException(description, glob, next - 1);
  }
}
