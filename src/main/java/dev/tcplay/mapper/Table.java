package dev.tcplay.mapper;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * How a device is mapped: lines of targets, in dmsetup's text {@code START LENGTH TYPE
 * PARAMETERS...}, which together cover it from sector 0 on without a gap. Sectors have 512 bytes,
 * as everywhere in tables.
 *
 * <p>A table holds keys, in arrays of its own, which {@link #close} wipes. Safe for any number of
 * threads, but for that.
 */
public final class Table implements AutoCloseable {

  /** Sectors that a device has at most: their bytes are counted in a {@code long}. */
  private static final long MOST_SECTORS = Long.MAX_VALUE / TargetType.SECTOR;

  private static final int MOST_LINES = 1 << 16;

  private final List<TableLine> lines;

  private Table(List<TableLine> lines) {
    this.lines = List.copyOf(lines);
  }

  /** Takes lines over, and their keys. */
  static Table of(List<TableLine> lines) throws MalformedTableException {
    Table table = new Table(lines);
    try {
      table.check();
      return table;
    } catch (MalformedTableException | RuntimeException | Error e) {
      table.close();
      throw e;
    }
  }

  /**
   * Parses a table: a line for each target; empty lines, and such as begin with {@code #}, are
   * passed over. What the targets take is checked, too, but for the devices.
   *
   * @param text in UTF-8; the caller wipes it
   * @throws MalformedTableException if it is none; the message names line and field
   */
  public static Table parse(byte[] text) throws MalformedTableException {
    return parse(text, 0, text.length);
  }

  /** Parses a table as {@link #parse(byte[])} does. */
  public static Table parse(char[] text) throws MalformedTableException {
    byte[] bytes = new byte[3 * text.length];
    ByteBuffer encoded = ByteBuffer.wrap(bytes);
    try {
      if (StandardCharsets.UTF_8
          .newEncoder()
          .encode(CharBuffer.wrap(text), encoded, true)
          .isError()) {
        throw new MalformedTableException("the table is no text: half of a character");
      }
      return parse(bytes, 0, encoded.position());
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  static Table parse(byte[] text, int from, int end) throws MalformedTableException {
    List<TableLine> lines = new ArrayList<>();
    int number = 0;
    try {
      for (int at = from; at < end; ) {
        int eol = at;
        while (eol < end && text[eol] != '\n') {
          eol++;
        }
        number++;
        Words words = new Words(text, at, eol);
        if (!words.isAtEnd() && text[at] != '#') {
          lines.add(checked(TableLine.parse(words)));
        }
        if (lines.size() > MOST_LINES) {
          throw new MalformedTableException("more than " + MOST_LINES + " targets");
        }
        at = eol + 1;
      }
    } catch (MalformedTableException e) {
      lines.forEach(TableLine::wipe);
      throw new MalformedTableException("line " + number + " of the table: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      lines.forEach(TableLine::wipe);
      throw e;
    }
    return of(lines);
  }

  private static TableLine checked(TableLine line) throws MalformedTableException {
    try {
      TargetType.of(line.type()).recipe(new Parameters(line));
      return line;
    } catch (MalformedTableException | RuntimeException | Error e) {
      line.wipe();
      throw e;
    }
  }

  private void check() throws MalformedTableException {
    long at = 0;
    for (TableLine line : lines) {
      if (line.start() != at) {
        throw new MalformedTableException(
            "start of a target is %d, and the one before ends at %d".formatted(line.start(), at));
      } else if (line.length() == 0 || line.length() > MOST_SECTORS - at) {
        throw new MalformedTableException(
            "length of the target at %d is not from 1 to %d: %d"
                .formatted(at, MOST_SECTORS - at, line.length()));
      } else if (line.words().stream().anyMatch(word -> word.indexOf('\n') >= 0)) {
        throw new MalformedTableException(
            "a parameter of the target at %d has a line feed, which ends a line".formatted(at));
      }
      at += line.length();
    }
  }

  /** Returns the targets in their order; none of an empty table. */
  public List<TableLine> lines() {
    return lines;
  }

  /** Returns how many sectors of 512 bytes the device has. */
  public long sectors() {
    return lines.isEmpty() ? 0 : last().start() + last().length();
  }

  private TableLine last() {
    return lines.get(lines.size() - 1);
  }

  /** Returns a copy, which has keys of its own. */
  public Table copy() {
    return new Table(lines.stream().map(TableLine::copy).toList());
  }

  /**
   * Returns the text, a line for each target, each with a line feed, and no blanks at their ends. A
   * backslash precedes each byte that Linux would take for the end of a word, even within a letter.
   *
   * @param showKeys whether keys are in it; otherwise as many zeros are, as dmsetup shows them. The
   *     caller wipes the text
   */
  public byte[] print(boolean showKeys) {
    try (WipedText out = new WipedText()) {
      print(out, showKeys, word -> word, "\n");
      return out.toBytes();
    }
  }

  /** Adds the lines, each with an end. */
  void print(WipedText out, boolean showKeys, UnaryOperator<String> escape, String end) {
    for (TableLine line : lines) {
      line.print(out, showKeys, escape);
      out.add(end);
    }
  }

  /** Wipes the keys. */
  @Override
  public void close() {
    lines.forEach(TableLine::wipe);
  }

  /** Returns the text with zeros in the place of keys. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s", new String(print(false), StandardCharsets.UTF_8));
  }
}
