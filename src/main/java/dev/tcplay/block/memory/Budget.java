package dev.tcplay.block.memory;

/** How much memory the buffers and the cache of a volume may take, if nothing else is said. */
public final class Budget {

  /**
   * From this length on a request is long, in bytes: the cache lets it pass, and the encryption
   * shares it among threads in pieces of that length.
   */
  public static final int LONG_REQUEST = 1 << 16;

  private static final long LEAST = 4 << 20;
  private static final long AMPLE = 32 << 20;

  /** A layer of a stack takes one part of so many of the heap: 0.2 %. */
  private static final long STACKED_SHARE = 500;

  private Budget() {}

  /**
   * Returns a sixteenth of the largest heap up to 32 MiB, from where on it is a 128th: with the
   * JDK's own choice of a heap some 0.2 % of the machine's memory. At least 4 MiB, in bytes.
   *
   * <p>The heap stands for the machine, since to ask the JDK for the memory of the machine loads
   * its management classes, a sixth of the time in which a fresh process opens a container.
   */
  public static long bytes() {
    return bytes(Runtime.getRuntime().maxMemory());
  }

  /** Returns the bytes that one layer of a stack of any height may take: 0.2 % of the heap. */
  public static long stackedBytes() {
    return stackedBytes(Runtime.getRuntime().maxMemory());
  }

  static long stackedBytes(long heap) {
    return heap / STACKED_SHARE;
  }

  static long bytes(long heap) {
    return Math.max(LEAST, Math.min(heap / 16, Math.max(AMPLE, heap / 128)));
  }
}
