package dev.tcplay.nio;

import java.io.IOException;
import java.nio.MappedByteBuffer;

/** A file channel that cannot be mapped, and says why. */
public abstract class UnmappedChannel extends JavaFileChannel {

  /**
   * Always throws, once the arguments are checked.
   *
   * @throws UnsupportedOperationException always, if the channel is open and the arguments fit it
   */
  @Override
  public final MappedByteBuffer map(MapMode mode, long from, long size) throws IOException {
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("too much for a buffer: " + size);
    }
    throw refusal(mode, from, size);
  }
}
