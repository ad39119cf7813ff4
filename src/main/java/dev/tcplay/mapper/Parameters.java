package dev.tcplay.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The parameters of one target, taken one by one; remembers which of them name devices. */
final class Parameters {

  private final TableLine line;

  /** Names of devices by the index of their word. */
  private final TreeMap<Integer, String> devices = new TreeMap<>();

  private int at;

  Parameters(TableLine line) {
    this.line = line;
  }

  /** Returns how many bytes the target has. */
  long bytes() throws MalformedTableException {
    return toBytes("length", line.length());
  }

  boolean hasMore() {
    return at < line.words().size();
  }

  String word(String field) throws MalformedTableException {
    if (!hasMore()) {
      throw wrong(field + " is missing");
    }
    return line.words().get(at++);
  }

  /** Returns the name of a device. */
  String device(String field) throws MalformedTableException {
    devices.put(at, field);
    return word(field);
  }

  /** Returns a number from {@code least} to {@code most}. */
  long number(String field, long least, long most) throws MalformedTableException {
    String word = word(field);
    long value;
    try {
      value = Words.number(field, word);
    } catch (MalformedTableException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    if (value < least || value > most) {
      throw wrong("%s is not from %d to %d: %s".formatted(field, least, most, word));
    }
    return value;
  }

  /** Returns the bytes of a number of sectors. */
  long sectors(String field) throws MalformedTableException {
    return toBytes(field, number(field, 0, Long.MAX_VALUE));
  }

  private long toBytes(String field, long sectors) throws MalformedTableException {
    if (sectors > Long.MAX_VALUE / TargetType.SECTOR) {
      throw wrong(field + " is too large: " + sectors);
    }
    return sectors * TargetType.SECTOR;
  }

  /** Returns optional parameters, which a number of them precedes; none if nothing is left. */
  List<String> options(String field) throws MalformedTableException {
    List<String> options = new ArrayList<>();
    if (hasMore()) {
      long count = number("number of " + field, 0, line.words().size());
      for (long i = 0; i < count; i++) {
        options.add(word(field));
      }
    }
    return options;
  }

  /**
   * Returns parameters with their options in an order, each once, and the number of them.
   *
   * @param before how many parameters precede the options
   * @param order all options that are printed
   * @param always whether the number is there though there are none
   */
  static List<String> ordered(List<String> words, int before, List<String> order, boolean always) {
    List<String> given = words.subList(before, words.size());
    List<String> options = order.stream().filter(given::contains).toList();
    List<String> printed = new ArrayList<>(words.subList(0, before));
    if (always || !options.isEmpty()) {
      printed.add(Integer.toString(options.size()));
      printed.addAll(options);
    }
    return printed;
  }

  /** Returns the key itself, which stays the line's. */
  byte[] key() throws MalformedTableException {
    if (line.key().length == 0) {
      throw wrong("key is missing");
    }
    return line.key();
  }

  /** Checks that nothing is left. */
  void end() throws MalformedTableException {
    if (hasMore()) {
      throw wrong("one parameter too many: " + line.words().get(at));
    }
  }

  MalformedTableException wrong(String what) {
    return new MalformedTableException(line.type() + ": " + what);
  }

  /** Returns the indices of the words that name devices, as far as they were taken. */
  List<Integer> deviceWords() {
    return List.copyOf(devices.keySet());
  }
}
