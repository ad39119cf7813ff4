package dev.tcplay.mapper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One target of a {@link Table}: which sectors of 512 bytes it has, and what they are mapped to.
 * The key of {@code crypt} is the line's own, and wiped with its table. Safe for any number of
 * threads.
 */
public final class TableLine {

  /** The word behind which the key of {@code crypt} stands. */
  private static final int WORDS_BEFORE_KEY = 1;

  private final long start;
  private final long length;
  private final String type;
  private final List<String> words;
  private final byte[] key;

  private TableLine(long start, long length, String type, List<String> words, byte[] key) {
    this.start = start;
    this.length = length;
    this.type = type;
    this.words = List.copyOf(words);
    this.key = key;
  }

  /**
   * Makes a line without a key.
   *
   * @param words what its target takes
   */
  static TableLine of(long start, long length, String type, List<String> words) {
    return new TableLine(start, length, type, words, new byte[0]);
  }

  /** Makes a line of crypt with a copy of a key, which the caller wipes. */
  static TableLine crypt(long start, long length, List<String> words, byte[] key) {
    return new TableLine(start, length, TargetType.CRYPT, words, key.clone());
  }

  static TableLine parse(Words line) throws MalformedTableException {
    long start = line.nextNumber("start");
    long length = line.nextNumber("length");
    String type = line.next();
    List<String> words = new ArrayList<>();
    byte[] key = new byte[0];
    try {
      while (!line.isAtEnd()) {
        if (type.equals(TargetType.CRYPT) && words.size() == WORDS_BEFORE_KEY && key.length == 0) {
          key = line.nextKey();
        } else {
          words.add(line.next());
        }
      }
      return new TableLine(start, length, type, words, key);
    } catch (MalformedTableException | RuntimeException | Error e) {
      Arrays.fill(key, (byte) 0);
      throw e;
    }
  }

  /** Returns the first sector of 512 bytes. */
  public long start() {
    return start;
  }

  /** Returns how many sectors of 512 bytes there are. */
  public long length() {
    return length;
  }

  /** Returns the type of the target, such as {@code crypt}. */
  public String type() {
    return type;
  }

  /** Returns the parameters but for a key. */
  List<String> words() {
    return words;
  }

  /** Returns the key itself, empty where there is none. */
  byte[] key() {
    return key;
  }

  /** Returns a copy with other words in the place of some. */
  TableLine withWords(List<String> others) {
    return new TableLine(start, length, type, others, key.clone());
  }

  /** Returns a copy with another key, which is copied. */
  TableLine withKey(byte[] other) {
    return new TableLine(start, length, type, words, other.clone());
  }

  TableLine copy() {
    return withWords(words);
  }

  /**
   * Adds the line without its end.
   *
   * @param escape makes words, of one character for each byte, fit for where they go
   */
  void print(WipedText out, boolean showKeys, UnaryOperator<String> escape) {
    out.add(start + " " + length + " " + type);
    for (int i = 0; i < words.size(); i++) {
      String word = escape.apply(Words.quoted(words.get(i)));
      out.add(" ").add(word.getBytes(StandardCharsets.ISO_8859_1));
      if (key.length > 0 && i == WORDS_BEFORE_KEY - 1) {
        out.add(" ").addHex(showKeys ? key : new byte[key.length]);
      }
    }
  }

  void wipe() {
    Arrays.fill(key, (byte) 0);
  }

  /** Returns the line with zeros in the place of a key. */
  @Override
  public String toString() {
    try (WipedText text = new WipedText()) {
      print(text, false, word -> word);
      return new String(text.toBytes(), StandardCharsets.UTF_8);
    }
  }
}
