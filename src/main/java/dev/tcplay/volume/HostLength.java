package dev.tcplay.volume;

import java.io.IOException;

/** Gives the host of a volume another length. */
@FunctionalInterface
public interface HostLength {

  /**
   * Makes the host longer, by zeros, or cuts it.
   *
   * @param bytes how long it is to be
   * @throws IOException if it cannot have that length; it then keeps the old one
   */
  void set(long bytes) throws IOException;
}
