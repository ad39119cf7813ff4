package dev.tcplay.serve.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of a path below the root, as a client wrote them by RFC 3986. Immutable.
 *
 * @param names without any that could lead elsewhere
 * @param directory whether it ended with a slash
 */
public record RequestPath(List<String> names, boolean directory) {

  /** The root. */
  public static final RequestPath ROOT = new RequestPath(List.of(), true);

  private static final String KEPT = "-._~!$'()*+,=:@";

  /** Copies the names. */
  public RequestPath {
    names = List.copyOf(names);
  }

  /**
   * Takes a path apart.
   *
   * @param raw empty, or from a slash on; its characters are bytes
   * @throws HttpFailure if a name is empty, dots, no UTF-8, or has a slash, a backslash or a
   *     control character
   */
  static RequestPath parse(String raw) throws HttpFailure {
    if (raw.isEmpty() || raw.equals("/")) {
      return new RequestPath(List.of(), !raw.isEmpty());
    }
    if (raw.charAt(0) != '/') {
      throw new HttpFailure(400, "A path begins with a slash");
    }
    boolean directory = raw.endsWith("/");
    String inner = raw.substring(1, raw.length() - (directory ? 1 : 0));
    List<String> names = new ArrayList<>();
    for (String name : inner.split("/", -1)) {
      names.add(decode(name));
    }
    return new RequestPath(names, directory);
  }

  /** Returns a name as it stands in a path of a URI. */
  static String encode(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(UTF_8)) {
      char c = (char) (b & 0xFF);
      if (isLetterOrDigit(c) || KEPT.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(digit(c >> 4)).append(digit(c & 0xF));
      }
    }
    return encoded.toString();
  }

  private static boolean isLetterOrDigit(char c) {
    return c < 0x80 && Character.isLetterOrDigit(c);
  }

  private static char digit(int value) {
    return Character.toUpperCase(Character.forDigit(value, 16));
  }

  private static String decode(String raw) throws HttpFailure {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c > 0xFF) {
        bytes.writeBytes(String.valueOf(c).getBytes(UTF_8));
      } else if (c != '%') {
        bytes.write(c);
      } else {
        boolean whole = i + 2 < raw.length();
        int high = whole ? Character.digit(raw.charAt(i + 1), 16) : -1;
        int low = whole ? Character.digit(raw.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw new HttpFailure(400, "An escape has no two digits");
        }
        bytes.write(high << 4 | low);
        i += 2;
      }
    }
    String name;
    try {
      name = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new HttpFailure(400, "A name is not UTF-8");
    }
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.chars().anyMatch(c -> c < ' ' || c == 0x7F || c == '/' || c == '\\')) {
      throw new HttpFailure(400, "A name that none is");
    }
    return name;
  }
}
