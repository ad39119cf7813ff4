package dev.tcplay.block;

import java.io.Closeable;
import java.io.IOException;

/** What stands above a device that is resized, and must hold still meanwhile, such as a cache. */
@FunctionalInterface
public interface Follower {

  /**
   * Writes what is delayed, and has nobody use the device below until the result is closed, by the
   * same thread. By then the device below may have another size.
   *
   * @return what ends this; it may fail to adopt the new size, and then keeps to the old one
   * @throws IOException if what is delayed cannot be written: nothing is resized then
   */
  Closeable holdStill() throws IOException;
}
