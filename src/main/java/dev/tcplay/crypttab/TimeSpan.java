package dev.tcplay.crypttab;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** systemd's spans of time, such as {@code 90}, {@code 1min30s} or {@code infinity}. */
final class TimeSpan {

  /** With a unit behind each number but the last, so that there is one way to read a text. */
  private static final Pattern SPAN = Pattern.compile("(?:[0-9]{1,9}[a-z]+)*[0-9]{1,9}[a-z]*");

  private static final Pattern PART = Pattern.compile("([0-9]+)([a-z]*)");
  private static final Duration LONGEST = Duration.ofDays(365);

  private TimeSpan() {}

  /** Returns a span; zero is no limit, which is also what {@code infinity} says. */
  static Duration parse(String text) {
    if (text.equals("infinity")) {
      return Duration.ZERO;
    }
    if (text.length() > 64 || !SPAN.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a span of time, such as 90 or 1min30s");
    }
    Duration span = Duration.ZERO;
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      span = span.plus(unit(parts.group(2)).multipliedBy(Integer.parseInt(parts.group(1))));
    }
    if (span.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("must be a year at most");
    }
    return span;
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "", "s", "sec", "second", "seconds" -> Duration.ofSeconds(1);
      case "us", "usec" -> Duration.ofNanos(1000);
      case "ms", "msec" -> Duration.ofMillis(1);
      case "m", "min", "minute", "minutes" -> Duration.ofMinutes(1);
      case "h", "hr", "hour", "hours" -> Duration.ofHours(1);
      case "d", "day", "days" -> Duration.ofDays(1);
      default -> throw new IllegalArgumentException("must have the units us, ms, s, min, h or d");
    };
  }
}
