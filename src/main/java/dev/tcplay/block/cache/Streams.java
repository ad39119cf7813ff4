package dev.tcplay.block.cache;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Where the last few sequential passes have come to, whoever makes them. A hint: threads that race
 * may lose one. Safe for any number of threads.
 */
final class Streams {

  private static final long MIXER = 0x9E37_79B9_7F4A_7C15L;

  static final int COUNT = 1 << Tuning.STREAM_BITS;

  private final AtomicLongArray ends = new AtomicLongArray(COUNT);

  /** Returns the number of the stream that has come to a place behind the beginning, -1 if none. */
  int at(long place) {
    for (int stream = 0; stream < COUNT; stream++) {
      if (place > 0 && ends.get(stream) == place) {
        return stream;
      }
    }
    return -1;
  }

  /** Begins a stream at a place in the stead of an older one, and returns its number. */
  int begin(long place) {
    return (int) ((place * MIXER) >>> (Long.SIZE - Tuning.STREAM_BITS));
  }

  /** Takes note of where a stream has come to. */
  void advance(int stream, long end) {
    ends.set(stream, end);
  }
}
