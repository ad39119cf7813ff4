package dev.tcplay.model;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Tells which character sets can be a code page: a volume's dots and digits are those of ASCII. */
final class AsciiCheck {

  private static final int ASCII = 0x80;

  private AsciiCheck() {}

  /**
   * Returns whether every character of ASCII is the one byte of ASCII, both ways, alone and behind
   * others: a set that shifts between alphabets gives some of these bytes another meaning.
   */
  static boolean keepsAscii(Charset charset) {
    StringBuilder all = new StringBuilder();
    for (char unit = 0; unit < ASCII; unit++) {
      if (!isSame(charset, String.valueOf(unit))) {
        return false;
      }
      all.append(unit);
    }
    return isSame(charset, all.toString());
  }

  private static boolean isSame(Charset charset, String text) {
    ByteBuffer ascii = StandardCharsets.US_ASCII.encode(text);
    try {
      return charset.canEncode()
          && charset.newEncoder().encode(CharBuffer.wrap(text)).equals(ascii)
          && charset.newDecoder().decode(ascii.duplicate()).toString().equals(text);
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
