package dev.tcplay.serve.web;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conditions on a request and dates in it, by RFC 9110, section 13. */
public final class Conditions {

  private static final Pattern TAG = Pattern.compile("(W/)?(\"[^\"]*\")");

  /** The form that is written; read are those that clients write. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private Conditions() {}

  /**
   * Goes on if the conditions of a request are met.
   *
   * @param place what it is about
   * @param tag of the contents; empty for directories and where nothing is
   * @throws HttpFailure with 412, or for reading with 304, if they are not
   */
  public static void check(Exchange exchange, Place place, Optional<String> tag)
      throws IOException {
    boolean reading = exchange.method().equals("GET") || exchange.method().equals("HEAD");
    Optional<Instant> time = place.attributes().map(a -> a.lastModifiedTime().toInstant());
    Optional<String> match = exchange.header("If-Match");
    if (match.isPresent()) {
      if (!matches(match.get(), place, tag, true)) {
        throw new HttpFailure(412, "If-Match");
      }
    } else {
      Optional<Instant> until = exchange.header("If-Unmodified-Since").flatMap(Conditions::date);
      if (until.isPresent() && (time.isEmpty() || isAfter(time.get(), until.get()))) {
        throw new HttpFailure(412, "If-Unmodified-Since");
      }
    }
    Optional<String> none = exchange.header("If-None-Match");
    if (none.isPresent()) {
      if (matches(none.get(), place, tag, false)) {
        throw new HttpFailure(reading ? 304 : 412, "If-None-Match");
      }
    } else if (reading) {
      Optional<Instant> since = exchange.header("If-Modified-Since").flatMap(Conditions::date);
      if (since.isPresent() && time.isPresent() && !isAfter(time.get(), since.get())) {
        throw new HttpFailure(304, "If-Modified-Since");
      }
    }
  }

  /** Tells whether a range may be sent by the field {@code If-Range}, if there is one. */
  static boolean rangeHolds(Exchange exchange, String tag) {
    Optional<String> condition = exchange.header("If-Range");
    if (condition.isEmpty()) {
      return true;
    }
    if (condition.get().startsWith("\"")) {
      return condition.get().equals(tag);
    }
    // A date says too little: a file may change twice within its second.
    return false;
  }

  /** Reads a date of RFC 9110, section 5.6.7, in its usual form. */
  public static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Returns a date in the form of RFC 9110. */
  public static String date(Instant time) {
    return DATE.format(time.atOffset(ZoneOffset.UTC));
  }

  private static boolean isAfter(Instant time, Instant date) {
    return time.truncatedTo(ChronoUnit.SECONDS).isAfter(date);
  }

  private static boolean matches(String field, Place place, Optional<String> tag, boolean strong) {
    if (field.strip().equals("*")) {
      return place.exists();
    }
    Matcher tags = TAG.matcher(field);
    while (tags.find()) {
      if (tag.isPresent()
          && tags.group(2).equals(tag.get())
          && (!strong || tags.group(1) == null)) {
        return true;
      }
    }
    return false;
  }
}
