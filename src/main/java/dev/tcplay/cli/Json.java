package dev.tcplay.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, strings, numbers, truth values and null as JSON (RFC 8259). */
final class Json {

  private Json() {}

  /**
   * Returns a value as JSON on one line.
   *
   * @throws IllegalArgumentException if the value is of another type
   */
  static String of(@Nullable Object value) {
    StringBuilder json = new StringBuilder();
    append(json, value);
    return json.toString();
  }

  private static void append(StringBuilder json, @Nullable Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      json.append(value);
    } else if (value instanceof String text) {
      appendString(json, text);
    } else if (value instanceof Map<?, ?> map) {
      appendObject(json, map);
    } else if (value instanceof List<?> list) {
      appendArray(json, list);
    } else {
      throw new IllegalArgumentException("not a JSON value: " + value.getClass());
    }
  }

  private static void appendObject(StringBuilder json, Map<?, ?> map) {
    String separator = "";
    json.append('{');
    for (Map.Entry<?, ?> member : map.entrySet()) {
      json.append(separator);
      appendString(json, String.valueOf(member.getKey()));
      json.append(": ");
      append(json, member.getValue());
      separator = ", ";
    }
    json.append('}');
  }

  private static void appendArray(StringBuilder json, List<?> list) {
    String separator = "";
    json.append('[');
    for (Object element : list) {
      json.append(separator);
      append(json, element);
      separator = ", ";
    }
    json.append(']');
  }

  private static void appendString(StringBuilder json, String text) {
    json.append('"');
    text.codePoints().forEach(c -> appendCharacter(json, c));
    json.append('"');
  }

  private static void appendCharacter(StringBuilder json, int codePoint) {
    if (codePoint == '"' || codePoint == '\\') {
      json.append('\\').append((char) codePoint);
    } else if (Names.isUnprintable(codePoint)) {
      json.append(String.format("\\u%04x", codePoint));
    } else {
      json.appendCodePoint(codePoint);
    }
  }
}
