package dev.tcplay.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes.
 *
 * @param bytes 0 or more
 */
record Size(long bytes) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,19})([kmgt]?)");
  private static final String UNITS = "kmgt";

  /** More than there are anywhere: all there is room for. */
  static final Size LARGEST = new Size(Long.MAX_VALUE);

  /** Reads a size, or the word for all there is room for. */
  static final class OrLargest implements ITypeConverter<Size> {

    @Override
    public Size convert(String text) {
      return text.equalsIgnoreCase("max") ? LARGEST : parse(text);
    }
  }

  /** Reads bytes, or KiB, MiB, GiB, TiB with a letter behind the number; case is ignored. */
  static Size parse(String text) {
    Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      String unit = matcher.group(2);
      int shift = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
      try {
        return new Size(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift));
      } catch (ArithmeticException | NumberFormatException e) {
        throw new TypeConversionException("more bytes than there are");
      }
    }
    throw new TypeConversionException("expected a number of bytes, or one with K, M, G or T");
  }
}
