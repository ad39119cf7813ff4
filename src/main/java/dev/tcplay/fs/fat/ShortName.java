package dev.tcplay.fs.fat;

import dev.tcplay.fs.UpcaseTable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Short names: eight and three bytes of a code page, padded with spaces, upper case.
 *
 * <p>What is on disk need not be lawful; whatever the bytes are, a name comes out that can be
 * shown, looked up and put into a path.
 */
final class ShortName {

  /** Bytes of a short name. */
  static final int BYTES = 11;

  /** Shown for what cannot be shown. */
  static final char REPLACEMENT = '\uFFFD';

  /** The bit by which Windows NT marks the part before the dot as lower case. */
  static final int BASE_IS_LOWER = 0x08;

  /** The bit by which Windows NT marks the part behind the dot as lower case. */
  static final int EXTENSION_IS_LOWER = 0x10;

  /** What neither a short name nor a label may have, beside control characters. */
  static final String FORBIDDEN = "\"*+,./:;<=>?[\\]|";

  private static final int BASE_BYTES = 8;

  private ShortName() {}

  /**
   * Returns a short name as text.
   *
   * @param raw the eleven bytes as stored
   * @param caseBits the bits by which Windows NT marks a part as lower case, 0 to ignore them
   * @param codePage the character set of the bytes; one that extends ASCII
   */
  static String decode(byte[] raw, int caseBits, Charset codePage) {
    byte[] bytes = unescaped(raw);
    String base = part(bytes, 0, BASE_BYTES, codePage);
    String extension = part(bytes, BASE_BYTES, BYTES, codePage);
    if ((caseBits & BASE_IS_LOWER) != 0) {
      base = toLower(base);
    }
    if ((caseBits & EXTENSION_IS_LOWER) != 0) {
      extension = toLower(extension);
    }
    String name = extension.isEmpty() ? base : base + "." + extension;
    boolean isPlace = name.isEmpty() || name.equals(".") || name.equals("..");
    return isPlace ? String.valueOf(REPLACEMENT) : name;
  }

  /** Returns the text of a volume label, whose eleven bytes are one part. */
  static String decodeLabel(byte[] raw, Charset codePage) {
    return part(unescaped(raw), 0, BYTES, codePage);
  }

  /**
   * Returns the bytes of a volume label, in upper case.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  static byte[] encodeLabel(String label, Charset codePage) {
    String upper = UpcaseTable.standard().toUpper(label);
    for (int i = 0; i < upper.length(); i++) {
      char unit = upper.charAt(i);
      if (unit < ' ' || FORBIDDEN.indexOf(unit) >= 0) {
        throw new IllegalArgumentException("a FAT label has no '" + unit + "': " + label);
      }
    }
    byte[] text = encode(upper, codePage);
    boolean isBlank = upper.isBlank() || upper.startsWith(" ");
    if (text == null || text.length > BYTES || isBlank || upper.equals("NO NAME")) {
      throw new IllegalArgumentException(
          "not a FAT label of 1 to " + BYTES + " bytes in " + codePage + ": " + label);
    }
    byte[] bytes = Arrays.copyOf(text, BYTES);
    Arrays.fill(bytes, text.length, BYTES, (byte) ' ');
    escape(bytes);
    return bytes;
  }

  /** Returns text in a code page, null if there is no exact way to write it. */
  private static byte @Nullable [] encode(String text, Charset codePage) {
    if (!codePage.canEncode()) {
      return null;
    }
    try {
      ByteBuffer encoded = codePage.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Returns whether this is the name of a directory's own entry or of its parent's. */
  static boolean isDots(byte[] raw) {
    boolean dots = raw[0] == '.' && (raw[1] == '.' || raw[1] == ' ');
    for (int i = 2; i < BYTES; i++) {
      dots &= raw[i] == ' ';
    }
    return dots;
  }

  /** Returns the sum that ties the slots of a long name to the short name after them. */
  static int checksum(byte[] raw) {
    int sum = 0;
    for (int i = 0; i < BYTES; i++) {
      sum = (((sum & 1) << 7) + (sum >> 1) + (raw[i] & 0xFF)) & 0xFF;
    }
    return sum;
  }

  /** A first byte E5 would mark the slot as deleted, so that 05 stands for it. */
  static void escape(byte[] bytes) {
    if (bytes[0] == (byte) 0xE5) {
      bytes[0] = 0x05;
    }
  }

  private static byte[] unescaped(byte[] raw) {
    if (raw[0] != 0x05) {
      return raw;
    }
    byte[] bytes = raw.clone();
    bytes[0] = (byte) 0xE5;
    return bytes;
  }

  private static String part(byte[] bytes, int from, int to, Charset codePage) {
    int end = to;
    while (end > from && bytes[end - 1] == ' ') {
      end--;
    }
    boolean ascii = true;
    for (int i = from; i < end; i++) {
      ascii &= bytes[i] >= 0;
    }
    Charset charset = ascii ? StandardCharsets.US_ASCII : codePage;
    return printable(new String(bytes, from, end - from, charset));
  }

  private static String printable(String text) {
    String clean = text;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < ' ' || unit == '/') {
        clean = clean.replace(unit, REPLACEMENT);
      }
    }
    return clean;
  }

  private static String toLower(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char unit = lower.charAt(i);
      char candidate = Character.toLowerCase(unit);
      if (UpcaseTable.standard().toUpper(candidate) == unit) {
        lower.setCharAt(i, candidate);
      }
    }
    return lower.toString();
  }
}
