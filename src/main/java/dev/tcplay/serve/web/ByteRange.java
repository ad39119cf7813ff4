package dev.tcplay.serve.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file that a client asked for, by RFC 9110, section 14. Immutable.
 *
 * @param first the position of its first byte
 * @param last the position of its last byte, not before the first
 */
record ByteRange(long first, long last) {

  /** More than any player or download needs; who wants more gets the whole. */
  private static final int MOST = 16;

  private static final Pattern FIELD = Pattern.compile("(?i)bytes\\s*=(.*)");
  private static final Pattern RANGE = Pattern.compile("(\\d{0,18})-(\\d{0,18})");

  /** Returns how many bytes it has. */
  long length() {
    return last - first + 1;
  }

  /** Returns the field that tells where in a file it lies. */
  String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }

  /**
   * Reads a field {@code Range}.
   *
   * @param size how many bytes the file has
   * @return the ranges that lie in the file, as asked for; empty if the field asks for the whole,
   *     is malformed, or asks for too much
   * @throws HttpFailure with 416 if none lies in the file
   */
  static List<ByteRange> parse(Optional<String> field, long size) throws HttpFailure {
    Matcher bytes = FIELD.matcher(field.orElse(""));
    if (!bytes.matches()) {
      return List.of();
    }
    List<ByteRange> ranges = new ArrayList<>();
    long total = 0;
    String[] parts = bytes.group(1).split(",", MOST + 1);
    for (String part : parts) {
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches() || range.group().equals("-") || parts.length > MOST) {
        return List.of();
      }
      long first = range.group(1).isEmpty() ? -1 : Long.parseLong(range.group(1));
      long last = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
      if (first > last) {
        return List.of();
      }
      if (first < 0) {
        first = Math.max(0, size - last);
        last = last == 0 ? -1 : size - 1;
      }
      if (first < size && last >= 0) {
        ByteRange inside = new ByteRange(first, Math.min(last, size - 1));
        ranges.add(inside);
        total += inside.length();
      }
    }
    if (ranges.isEmpty()) {
      throw new HttpFailure(416, "No such bytes");
    }
    return ranges.size() > 1 && total > size ? List.of() : ranges;
  }
}
