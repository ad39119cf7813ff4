package dev.tcplay.fs;

import java.nio.file.InvalidPathException;

/** How a volume compares names and which new ones it takes. Immutable. */
public interface NameRules {

  /** Rules of a volume that compares names to the letter and takes any without a slash. */
  NameRules EXACT =
      new NameRules() {
        @Override
        public boolean isCaseSensitive() {
          return true;
        }

        @Override
        public String fold(String name) {
          return name;
        }

        @Override
        public void check(String name) {
          if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new InvalidPathException(name, "Not a file name");
          }
        }
      };

  /** Returns whether names that differ in case alone are different names. */
  boolean isCaseSensitive();

  /**
   * Returns the form in which names are compared: equal for names that mean the same entry. It
   * depends on the name alone, and takes any name, also one that cannot be stored.
   */
  String fold(String name);

  /**
   * Checks a name that is about to be stored. It has no slash.
   *
   * @throws InvalidPathException if the volume cannot store it; the reason says why
   */
  void check(String name);
}
