package dev.tcplay.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads permissions in octal. */
final class OctalMode implements ITypeConverter<Integer> {

  private static final String FORM = "0?[0-7]{1,3}";

  @Override
  public Integer convert(String text) {
    if (!text.matches(FORM)) {
      throw new TypeConversionException("expected up to three octal digits, such as 077");
    }
    return Integer.parseInt(text, 8);
  }
}
