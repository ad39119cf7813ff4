package dev.tcplay.nio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** A file channel with all ways to map that Java 22 and later have. */
abstract class JavaFileChannel extends FileChannel {

  /** As in the class of Java 17. */
  public abstract UnsupportedOperationException refusal(MapMode mode, long from, long size)
      throws IOException;

  /**
   * Always throws, once the arguments are checked in the order of the JDK's own channel.
   *
   * @throws UnsupportedOperationException always, if the channel is open and the arguments fit it
   */
  @Override
  public final MemorySegment map(MapMode mode, long from, long size, Arena arena)
      throws IOException {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(arena, "arena");
    // Only an allocation tells whether the arena is alive and may be used by this thread.
    arena.allocate(0);
    if (from < 0 || size < 0) {
      throw new IllegalArgumentException("no range: %d bytes at %d".formatted(size, from));
    }
    throw refusal(mode, from, size);
  }
}
