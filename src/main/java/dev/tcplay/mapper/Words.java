package dev.tcplay.mapper;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The words of one line, taken one by one; a key never becomes a {@link String}. */
final class Words {

  private final byte[] text;
  private final int end;
  private int at;

  /** Reads {@code text[from, end)}, which is not changed. */
  Words(byte[] text, int from, int end) {
    this.text = text;
    this.at = from;
    this.end = end;
    skipBlanks();
  }

  /** Linux takes the space of Latin-1 for a blank, too, though it is a part of letters in UTF-8. */
  private static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r') || b == (byte) 0xA0;
  }

  private void skipBlanks() {
    while (at < end && isBlank(text[at])) {
      at++;
    }
  }

  boolean isAtEnd() {
    return at == end;
  }

  /**
   * Checks that nothing follows. What does is not shown, as it may be a part of a key.
   *
   * @param all the words that were taken
   */
  void end(String all) throws MalformedTableException {
    if (!isAtEnd()) {
      throw new MalformedTableException(all + " takes no more words");
    }
  }

  /** Returns whether a backslash takes its meaning from the next byte. */
  private boolean quotes(int index) {
    return text[index] == '\\' && index + 1 < end;
  }

  private int endOfWord() {
    int last = at;
    while (last < end && !isBlank(text[last])) {
      last += quotes(last) ? 2 : 1;
    }
    return last;
  }

  /** Returns the next word, empty at the end. What a backslash precedes is part of it, as is. */
  String next() throws MalformedTableException {
    int last = endOfWord();
    ByteBuffer word = ByteBuffer.allocate(last - at);
    for (int i = at; i < last; i++) {
      i += quotes(i) ? 1 : 0;
      word.put(text[i]);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(word.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedTableException(
          "a word that is not UTF-8, or has a byte 0xA0, a blank to Linux, without a backslash");
    } finally {
      at = last;
      skipBlanks();
    }
  }

  /**
   * Returns a word as text has it: a backslash before each byte that would end or change it.
   *
   * @return the bytes of the text, each as one character
   */
  static String quoted(String word) {
    String bytes = new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return bytes.replaceAll("[\\\\ \t\r\u000B\f\u00A0]", "\\\\$0");
  }

  /** Returns a non-negative decimal number. */
  long nextNumber(String field) throws MalformedTableException {
    return number(field, next());
  }

  static long number(String field, String word) throws MalformedTableException {
    if (word.matches("[0-9]{1,19}")) {
      try {
        return Long.parseLong(word);
      } catch (NumberFormatException e) {
        // Too large; said below.
      }
    }
    throw new MalformedTableException(
        word.isEmpty()
            ? field + " is missing"
            : field + " is not a number from 0 to " + Long.MAX_VALUE + ": " + word);
  }

  /** Returns the bytes of a key in hexadecimal; the caller wipes them. */
  byte[] nextKey() throws MalformedTableException {
    int last = endOfWord();
    int digits = last - at;
    if (digits > 0 && text[at] == ':') {
      throw new MalformedTableException("key is one of a kernel's keyring, which is unknown here");
    } else if (digits == 0 || digits % 2 != 0) {
      throw new MalformedTableException("key is missing, or of an odd number of digits: " + digits);
    }
    for (int i = at; i < last; i++) {
      if (Character.digit(text[i], 16) < 0) {
        throw new MalformedTableException("key has a character that is no hexadecimal digit");
      }
    }
    byte[] key = new byte[digits / 2];
    for (int i = 0; i < key.length; i++) {
      int high = Character.digit(text[at + 2 * i], 16);
      key[i] = (byte) (high << 4 | Character.digit(text[at + 2 * i + 1], 16));
    }
    at = last;
    skipBlanks();
    return key;
  }
}
