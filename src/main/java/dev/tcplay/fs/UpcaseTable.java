package dev.tcplay.fs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Upper-cases names UTF-16 unit by UTF-16 unit, by a fixed table. Immutable.
 *
 * <p>{@link #standard} is the table that Windows NT compares names by and that exFAT volumes carry
 * as the recommended one (exFAT specification, section 7.2.5). It never changes, so neither the
 * locale nor the Unicode version of the JDK moves a name. Surrogates stand for themselves. It
 * leaves alone what full case folding would merge: KELVIN SIGN is not k, dotless i is not i, sharp
 * s is not ss.
 */
public final class UpcaseTable {

  /**
   * The units that are not their own upper case: first and last unit of a run in hexadecimal, the
   * step where it is not 1, and the signed distance to the upper case in decimal.
   */
  private static final String RUNS =
      """
      0061-007A-32 00E0-00F6-32 00F8-00FE-32 00FF+121 0101-012F/2-1 0133-0137/2-1
      013A-0148/2-1 014B-0177/2-1 017A-017E/2-1 0180+195 0183-0185/2-1 0188-1 018C-1
      0192-1 0195+97 0199-1 019A+163 019E+130 01A1-01A5/2-1 01A8-1 01AD-1 01B0-1
      01B4-01B6/2-1 01B9-1 01BD-1 01BF+56 01C6-2 01C9-2 01CC-2 01CE-01DC/2-1 01DD-79
      01DF-01EF/2-1 01F3-2 01F5-1 01F9-021F/2-1 0223-0233/2-1 023A+10795 023C-1 023E+10792
      0242-1 0247-024F/2-1 0253-210 0254-206 0256-0257-205 0259-202 025B-203 0260-205
      0263-207 0268-209 0269-211 026B+10743 026F-211 0272-213 0275-214 027D+10727 0280-218
      0283-218 0288-218 0289-69 028A-028B-217 028C-71 0292-219 037B-037D+130 03AC-38
      03AD-03AF-37 03B1-03C1-32 03C2-31 03C3-03CB-32 03CC-64 03CD-03CE-63 03D9-03EF/2-1
      03F2+7 03F8-1 03FB-1 0430-044F-32 0450-045F-80 0461-0481/2-1 048B-04BF/2-1
      04C2-04CE/2-1 04CF-15 04D1-0513/2-1 0561-0586-48 1D7D+3814 1E01-1E95/2-1
      1EA1-1EF9/2-1 1F00-1F07+8 1F10-1F15+8 1F20-1F27+8 1F30-1F37+8 1F40-1F45+8
      1F51-1F57/2+8 1F60-1F67+8 1F70-1F71+74 1F72-1F75+86 1F76-1F77+100 1F78-1F79+128
      1F7A-1F7B+112 1F7C-1F7D+126 1F80-1F87+8 1F90-1F97+8 1FA0-1FA7+8 1FB0-1FB1+8 1FB3+9
      1FCC-9 1FD0-1FD1+8 1FE0-1FE1+8 1FE5+7 1FFC-9 214E-28 2170-217F-16 2184-1
      24D0-24E9-26 2C30-2C5E-48 2C61-1 2C68-2C6C/2-1 2C76-1 2C81-2CE3/2-1 2D00-2D25-7264
      FF41-FF5A-32
      """;

  private static final Pattern RUN =
      Pattern.compile("(\\p{XDigit}{4})(?:-(\\p{XDigit}{4}))?(?:/(2))?([+-]\\d+)");

  private static final UpcaseTable STANDARD = new UpcaseTable(parse(RUNS));

  private final char[] upper;

  private UpcaseTable(char[] upper) {
    this.upper = upper;
  }

  /** Returns the table of Windows NT. */
  public static UpcaseTable standard() {
    return STANDARD;
  }

  /**
   * Returns a table of a volume's own.
   *
   * @param upper the upper case of each of the 65,536 units; copied
   */
  public static UpcaseTable of(char[] upper) {
    if (upper.length != Character.MAX_VALUE + 1) {
      throw new IllegalArgumentException("units " + upper.length);
    }
    return new UpcaseTable(upper.clone());
  }

  /** Returns the upper case of a unit. */
  public char toUpper(char unit) {
    return upper[unit];
  }

  /** Returns the upper case of a name. */
  public String toUpper(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (upper[name.charAt(i)] != name.charAt(i)) {
        return toUpper(name, i);
      }
    }
    return name;
  }

  private String toUpper(String name, int firstChange) {
    char[] units = name.toCharArray();
    for (int i = firstChange; i < units.length; i++) {
      units[i] = upper[units[i]];
    }
    return new String(units);
  }

  private static char[] parse(String runs) {
    char[] upper = new char[Character.MAX_VALUE + 1];
    for (int unit = 0; unit < upper.length; unit++) {
      upper[unit] = (char) unit;
    }
    Matcher run = RUN.matcher(runs);
    while (run.find()) {
      int first = Integer.parseInt(run.group(1), 16);
      int last = run.group(2) == null ? first : Integer.parseInt(run.group(2), 16);
      int step = run.group(3) == null ? 1 : 2;
      int distance = Integer.parseInt(run.group(4));
      for (int unit = first; unit <= last; unit += step) {
        upper[unit] = (char) (unit + distance);
      }
    }
    return upper;
  }
}
