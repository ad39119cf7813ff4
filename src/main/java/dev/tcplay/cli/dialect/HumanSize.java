package dev.tcplay.cli.dialect;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as tcplay writes and reads them: the digits behind the point count the next unit. */
public final class HumanSize {

  private static final String UNITS = "BKMGTPE";
  private static final long STEP = 1024;
  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,18})(?:\\.([0-9]{1,3}))?([bkmgtpeBKMGTPE]?)");

  private HumanSize() {}

  /** Returns a size such as {@code 2 M}, or {@code 2.51 M} with 512 K behind it, in tens. */
  public static String format(long bytes) {
    int unit = 0;
    long whole = bytes;
    long rest = 0;
    while (whole >= STEP) {
      rest = whole % STEP;
      whole /= STEP;
      unit++;
    }
    String fraction = rest / 10 == 0 ? "" : "." + rest / 10;
    return whole + fraction + " " + UNITS.charAt(unit);
  }

  /** Returns the bytes of a size such as {@code 127M} or {@code 1.5G}; empty if it is none. */
  public static OptionalLong parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    String letter = matcher.group(3);
    int unit = letter.isEmpty() ? 0 : UNITS.indexOf(Character.toUpperCase(letter.charAt(0)));
    String fraction = matcher.group(2) == null ? "" : matcher.group(2);
    if (unit == 0 && !fraction.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long smaller = 1L << (10 * Math.max(0, unit - 1));
      long bytes = Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * unit));
      long thousandths = fraction.isEmpty() ? 0 : Long.parseLong((fraction + "00").substring(0, 3));
      return OptionalLong.of(Math.addExact(bytes, Math.multiplyExact(thousandths, smaller)));
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
