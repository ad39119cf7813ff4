package dev.tcplay.block.memory;

import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The buffers of one layer, at most a fixed number, made when first needed. A pool is never shared
 * between layers: a request holds one buffer while it waits for the layer below, so that volumes
 * stacked in each other always make progress from the bottom up.
 */
public final class BufferPool {

  /** The fewest buffers with which a layer works well: one in use, one for whoever comes next. */
  public static final int MINIMUM = 2;

  private final int bufferSize;
  private final Semaphore free;
  private final AtomicReferenceArray<byte[]> idle;

  public BufferPool(int bufferSize, int buffers) {
    if (buffers < MINIMUM) {
      throw new IllegalArgumentException("fewer than " + MINIMUM + " buffers: " + buffers);
    }
    this.bufferSize = bufferSize;
    this.free = new Semaphore(buffers);
    this.idle = new AtomicReferenceArray<>(buffers);
  }

  /**
   * Makes a pool of the most buffers that fit into some bytes: smaller ones than the largest only
   * where not two of those fit, and at least two of the smallest.
   *
   * @param bytes of all buffers together
   * @param most buffers
   * @param largest bytes in a buffer, the smallest times a power of 2
   * @param smallest bytes in a buffer
   */
  public static BufferPool within(long bytes, int most, int largest, int smallest) {
    int size = largest;
    while (size > smallest && bytes / size < MINIMUM) {
      size /= 2;
    }
    return new BufferPool(size, (int) Math.max(MINIMUM, Math.min(most, bytes / size)));
  }

  /** Returns the bytes in each buffer. */
  public int bufferSize() {
    return bufferSize;
  }

  /** Returns how many buffers there are at most. */
  int buffers() {
    return idle.length();
  }

  /** Takes a buffer, waiting for one if need be; what it holds is undefined. */
  public byte[] take() {
    free.acquireUninterruptibly();
    for (int i = 0; i < idle.length(); i++) {
      byte[] buffer = idle.get(i) == null ? null : idle.getAndSet(i, null);
      if (buffer != null) {
        return buffer;
      }
    }
    return new byte[bufferSize];
  }

  /** Gives a buffer back. */
  public void give(byte[] buffer) {
    boolean kept = false;
    for (int i = 0; i < idle.length() && !kept; i++) {
      kept = idle.get(i) == null && idle.compareAndSet(i, null, buffer);
    }
    if (!kept) {
      // Two takers can both miss a buffer that moves while they search, and make one too many.
      Arrays.fill(buffer, (byte) 0);
    }
    free.release();
  }

  /** Wipes the idle buffers, which is all of them once the layer has drained. */
  public void wipe() {
    for (int i = 0; i < idle.length(); i++) {
      byte[] buffer = idle.getAndSet(i, null);
      if (buffer != null) {
        Arrays.fill(buffer, (byte) 0);
      }
    }
  }
}
