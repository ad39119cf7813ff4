package dev.tcplay.mapper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A target at work, and the line that it was made of, with a key of its own. */
final class Part {

  private final Target target;
  private final long sectors;

  /** Guarded by this: a message may change it, and wipes the key of the one before. */
  private TableLine line;

  private Part(Target target, TableLine line) {
    this.target = target;
    this.line = line;
    this.sectors = line.length();
  }

  /** Makes a target of a copy of a line. */
  static Part of(TableLine line, TargetType.Lower lower) throws IOException {
    TableLine own = line.copy();
    try {
      return new Part(TargetType.of(own.type()).recipe(new Parameters(own)).make(lower), own);
    } catch (IOException | RuntimeException | Error e) {
      own.wipe();
      throw e;
    }
  }

  Target target() {
    return target;
  }

  private synchronized TableLine line() {
    return line;
  }

  long sectors() {
    return sectors;
  }

  /** Returns a copy of the line with the names by which devices are known now. */
  synchronized TableLine line(UnaryOperator<String> currentName) {
    Parameters parameters = new Parameters(line);
    try {
      TargetType.of(line.type()).recipe(parameters);
    } catch (MalformedTableException e) {
      throw new AssertionError("a line at work", e);
    }
    List<String> words = new ArrayList<>(line.words());
    parameters.deviceWords().forEach(i -> words.set(i, currentName.apply(words.get(i))));
    return line.withWords(target.printed(words));
  }

  TargetStatus status() {
    TableLine now = line();
    return new TargetStatus(now.start(), now.length(), now.type(), target.status());
  }

  /** Sends a message; that may wait for a device below, so it is not sent under a lock. */
  void message(Words message, boolean suspended) throws IOException {
    Optional<TableLine> next = target.message(line(), message, suspended);
    if (next.isPresent()) {
      synchronized (this) {
        line.wipe();
        line = next.get();
      }
    }
  }

  /** Wipes the key of the line. */
  synchronized void wipe() {
    line.wipe();
  }
}
