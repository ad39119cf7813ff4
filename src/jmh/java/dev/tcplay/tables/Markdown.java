package dev.tcplay.tables;

import java.util.Collections;
import java.util.Locale;

/** A table in Markdown, written row by row. */
final class Markdown {

  private final StringBuilder text = new StringBuilder();

  Markdown(String... columns) {
    row(columns);
    text.append('|').append(String.join("", Collections.nCopies(columns.length, "---|")));
    text.append('\n');
  }

  Markdown row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    return this;
  }

  /** Returns a number with three digits that count. */
  static String number(double value) {
    int decimals = value < 9.95 ? 2 : value < 99.5 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** Returns a ratio as read beside an aim. */
  static String ratio(double value) {
    return String.format(Locale.ROOT, value < 9.95 ? "%.2f" : "%.0f", value);
  }

  /** Returns a number, and in brackets its ratio to another. */
  static String beside(double value, double measure) {
    return number(value) + " (" + ratio(value / measure) + ")";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
