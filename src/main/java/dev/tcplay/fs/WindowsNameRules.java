package dev.tcplay.fs;

import java.nio.file.InvalidPathException;

/**
 * The rules of FAT with long names and of exFAT: names keep their case and are compared without it,
 * and a new one must be a name that Windows takes as it is. Immutable.
 */
public final class WindowsNameRules implements NameRules {

  /** UTF-16 units in the longest name. */
  public static final int MAX_LENGTH = 255;

  private static final String FORBIDDEN = "\"*/:<>?\\|";

  private final UpcaseTable upcase;

  /** Makes the rules of a volume that compares names by the given table. */
  public WindowsNameRules(UpcaseTable upcase) {
    this.upcase = upcase;
  }

  @Override
  public boolean isCaseSensitive() {
    return false;
  }

  @Override
  public String fold(String name) {
    return upcase.toUpper(name);
  }

  /**
   * Checks a new name. Windows would silently strip a space or dot at the end, and Linux some of
   * them; here they are refused, so that no other name than the given one is stored.
   */
  @Override
  public void check(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new InvalidPathException(name, "Not a file name");
    }
    if (name.length() > MAX_LENGTH) {
      throw new InvalidPathException(name, "Longer than " + MAX_LENGTH + " UTF-16 units");
    }
    for (int i = 0; i < name.length(); i++) {
      char unit = name.charAt(i);
      if (unit < ' ' || FORBIDDEN.indexOf(unit) >= 0) {
        throw new InvalidPathException(name, "Forbidden character", i);
      }
    }
    char last = name.charAt(name.length() - 1);
    if (last == ' ' || last == '.') {
      throw new InvalidPathException(name, "Ends with a space or a dot", name.length() - 1);
    }
  }
}
