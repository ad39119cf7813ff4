package dev.tcplay.nio;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * A file channel with all ways to map that the Java which runs has. From Java 22 on the jars give
 * the class of {@code src/main/java22} in place of this one: Java 17 cannot name what that
 * overrides.
 */
abstract class JavaFileChannel extends FileChannel {

  /**
   * Checks the arguments of a mapping as the JDK's own channel does, and returns why there is none.
   *
   * @throws IllegalArgumentException if there is no such range
   * @throws java.nio.channels.ClosedChannelException if the channel is closed
   * @throws java.nio.channels.NonWritableChannelException if the mode writes and the channel cannot
   * @throws java.nio.channels.NonReadableChannelException if the channel does not read
   */
  public abstract UnsupportedOperationException refusal(MapMode mode, long from, long size)
      throws IOException;
}
