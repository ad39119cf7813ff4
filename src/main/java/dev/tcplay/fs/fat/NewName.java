package dev.tcplay.fs.fat;

import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.UpcaseTable;
import dev.tcplay.fs.WindowsNameRules;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * The names under which a new entry is stored: a short one that the directory does not have, and
 * the long one where the short one does not show the name exactly. Immutable.
 *
 * <p>A name of ASCII that fits eight and three bytes, each part in one case, is stored in a short
 * entry alone; bits of Windows NT say which parts are lower case. One that fits but for its case
 * gets a long name and is its own short name. Any other gets a short name with a tail, as Windows
 * makes it: six bytes and {@code ~1} to {@code ~4}, then two bytes, a hash of four digits and
 * {@code ~1}; the hash is stepped until the name is free. What is not ASCII always gets a long
 * name: its bytes would be other characters in the next code page.
 */
final class NewName {

  /** The names that a directory has, long and short, compared without case. */
  interface Taken {

    /** Returns whether an entry has the name; for a rename, whether another entry has it. */
    boolean contains(String name) throws IOException;
  }

  private static final int PLAIN_TAILS = 4;
  private static final int MOST_TAILS = 9;
  private static final int HASHES = 1 << 16;
  private static final int[] CASES = {
    0,
    ShortName.BASE_IS_LOWER,
    ShortName.EXTENSION_IS_LOWER,
    ShortName.BASE_IS_LOWER | ShortName.EXTENSION_IS_LOWER
  };

  private final String name;
  private final byte[] shortName;
  private final int caseBits;
  private final boolean isLong;

  private NewName(String name, byte[] shortName, int caseBits, boolean isLong) {
    this.name = name;
    this.shortName = shortName;
    this.caseBits = caseBits;
    this.isLong = isLong;
  }

  /** Makes the short names of one volume. Immutable. */
  static final class Maker {

    private static final NameRules RULES = new WindowsNameRules(UpcaseTable.standard());

    private final Charset charset;
    private final CodePage codePage;

    /**
     * Makes the maker.
     *
     * @param charset the character set of short names; one that extends ASCII
     */
    Maker(Charset charset) {
      this.charset = charset;
      this.codePage = new CodePage(charset);
    }

    /**
     * Chooses the stored names for a name that the directory does not have yet.
     *
     * @throws IOException if the directory cannot be asked
     * @throws java.nio.file.InvalidPathException if no entry can have the name
     */
    NewName make(String name, Taken taken) throws IOException {
      RULES.check(name);
      ShortNameBasis basis = new ShortNameBasis(name, codePage);
      if (basis.isExact()) {
        byte[] raw = basis.plain();
        if (name.chars().allMatch(unit -> unit < 0x7F)) {
          for (int caseBits : CASES) {
            if (ShortName.decode(raw, caseBits, charset).equals(name)) {
              return new NewName(name, raw, caseBits, false);
            }
          }
        }
        if (isFree(raw, taken)) {
          return new NewName(name, raw, 0, true);
        }
      }
      return new NewName(name, tailed(name, basis, taken), 0, true);
    }

    private byte[] tailed(String name, ShortNameBasis basis, Taken taken) throws IOException {
      for (int i = 1; i <= PLAIN_TAILS; i++) {
        byte[] raw = basis.withTail(6, "~" + i);
        if (isFree(raw, taken)) {
          return raw;
        }
      }
      long hash = hash(name);
      // An odd step comes by every hash once; names of one hash part ways after the first step.
      int step = (int) (hash >>> 16) | 1;
      for (int i = 1; i <= MOST_TAILS; i++) {
        for (int j = 0; j < HASHES; j++) {
          int value = ((int) hash + j * step) & (HASHES - 1);
          byte[] raw = basis.withTail(2, tail(value, i));
          if (isFree(raw, taken)) {
            return raw;
          }
        }
      }
      throw new IllegalStateException("more names than a directory has slots for");
    }

    /** Returns four digits of a hash and a number, without the price of a formatter. */
    private static String tail(int hash, int number) {
      String digits = Integer.toHexString(HASHES | hash).substring(1);
      return digits.toUpperCase(Locale.ROOT) + "~" + number;
    }

    private boolean isFree(byte[] raw, Taken taken) throws IOException {
      return !taken.contains(ShortName.decode(raw, 0, charset));
    }

    private static long hash(String name) {
      long hash = 0xCBF2_9CE4_8422_2325L;
      for (int i = 0; i < name.length(); i++) {
        hash = (hash ^ name.charAt(i)) * 0x9E37_79B9_7F4A_7C15L;
        hash ^= hash >>> 32;
      }
      return hash;
    }
  }

  /** Returns the name as it was given. */
  String name() {
    return name;
  }

  /** Returns whether slots of a long name stand before the short entry. */
  boolean isLong() {
    return isLong;
  }

  /** Returns the eleven bytes of the short name as stored. */
  byte[] shortName() {
    return shortName.clone();
  }

  /** Returns the bits of the short entry that mark parts as lower case. */
  int caseBits() {
    return caseBits;
  }
}
