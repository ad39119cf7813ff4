package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A target at work. Its methods are called by any number of threads at once. */
interface Target {

  /** Returns what is mapped, from the target's first byte to its last. */
  BlockDevice device();

  /** Returns what {@code dmsetup status} says behind the type, empty if nothing. */
  default String status() {
    return "";
  }

  /** Returns the parameters as {@code dmsetup table} has them: Linux has an order of options. */
  default List<String> printed(List<String> words) {
    return words;
  }

  /**
   * Does what a message says; the device has no transfer in flight if it is suspended.
   *
   * @param suspended whether the device is suspended
   * @return the line of the table from now on, empty if it stays
   * @throws IOException if the target does not know it
   */
  default Optional<TableLine> message(TableLine line, Words message, boolean suspended)
      throws IOException {
    throw new IOException(line.type() + " takes no messages");
  }

  /** Throws if there can be no transfers yet. */
  default void checkReady() throws IOException {}
}
