package dev.tcplay.crypttab;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The second field: a path, or what Linux finds a partition by. */
final class Sources {

  private static final Map<String, String> FOLDERS =
      Map.of(
          "UUID", "by-uuid",
          "LABEL", "by-label",
          "PARTUUID", "by-partuuid",
          "PARTLABEL", "by-partlabel");

  /** What stands in the name of a link there as it is, besides letters and digits. */
  private static final String PLAIN = "#+-.:=@_";

  private Sources() {}

  /** Returns where the container is, whether something is there or not. */
  static Path path(String field) {
    int equals = field.indexOf('=');
    String folder = equals < 0 ? null : FOLDERS.get(field.substring(0, equals));
    if (folder != null) {
      return Path.of("/dev/disk", folder, linkName(field.substring(equals + 1)));
    }
    if (field.isEmpty()) {
      throw new IllegalArgumentException("field 2, the container, is empty");
    }
    return Path.of(field);
  }

  private static String linkName(String value) {
    String bare =
        value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
            ? value.substring(1, value.length() - 1)
            : value;
    if (bare.isEmpty()) {
      throw new IllegalArgumentException("field 2, the container, names no partition");
    }
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      if (c >= 0x80 || Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0) {
        name.append(c);
      } else {
        byte code = String.valueOf(c).getBytes(StandardCharsets.US_ASCII)[0];
        name.append(String.format("\\x%02x", code));
      }
    }
    return name.toString();
  }
}
