package dev.tcplay.block;

import java.io.Closeable;
import java.io.IOException;

/**
 * A window of a device: position 0 is the lower device's {@code start}. It can be resized under
 * whatever stands on it, a mounted volume too.
 */
public final class LinearDevice extends ForwardingDevice {

  private final long start;
  private final boolean closesLower;
  private volatile long length;

  /**
   * Makes the window; closing it closes {@code lower}.
   *
   * @param lower the device that the window looks into
   * @param start where the window begins, in bytes
   * @param length bytes in the window
   * @throws IllegalArgumentException if the window does not lie inside {@code lower}
   */
  public LinearDevice(BlockDevice lower, long start, long length) {
    this(lower, start, length, lower.isReadOnly(), true);
  }

  private LinearDevice(
      BlockDevice lower, long start, long length, boolean readOnly, boolean closesLower) {
    super(lower, readOnly);
    this.start = start;
    this.closesLower = closesLower;
    this.length = length;
    checkInside(length);
  }

  private void checkInside(long wanted) {
    long below = lower().size();
    if (start < 0 || wanted < 0 || wanted > below - start) {
      throw new IllegalArgumentException(
          wanted + " bytes at " + start + " are not inside " + below + " bytes");
    }
  }

  /** Returns a window through which nothing is written; otherwise like the constructor. */
  public static LinearDevice readOnly(BlockDevice lower, long start, long length) {
    return new LinearDevice(lower, start, length, true, true);
  }

  /**
   * Returns one of several windows of a device, which is flushed and stays open when the window is
   * closed; otherwise like the constructor.
   */
  public static LinearDevice shared(BlockDevice lower, long start, long length) {
    return new LinearDevice(lower, start, length, lower.isReadOnly(), false);
  }

  /**
   * Returns a window from {@code start} to the end of the device below, wherever that is at any
   * time; otherwise like the constructor.
   */
  public static LinearDevice toEnd(BlockDevice lower, long start) {
    LinearDevice window = new LinearDevice(lower, start, lower.size() - start);
    window.length = Long.MAX_VALUE;
    return window;
  }

  /**
   * Returns the bytes in the window: fewer than it was made for, if the device below has shrunk.
   */
  @Override
  public long size() {
    return Math.max(0, Math.min(length, lower().size() - start));
  }

  /**
   * Makes the window longer or shorter, at its end. Caches above first write all that they have
   * delayed, also behind the new end. Calls that run here or in a cache above are waited for, and
   * those that come meanwhile wait; so no bytes behind the new end are touched once this returns,
   * and nothing above has them in memory. The device below keeps them.
   *
   * <p>Not for a thread that is inside a call of the window or of a device above it.
   *
   * @param newLength bytes in the window
   * @throws IllegalArgumentException if the window would not lie inside the device below
   * @throws IOException if something delayed cannot be written, and nothing is changed; or if a
   *     snapshot above cannot grow, and stays as long as it was
   */
  public void resize(long newLength) throws IOException {
    checkInside(newLength);
    Closeable held = holdStill();
    try (held) {
      length = newLength;
    }
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    lower().read(start + position, target, offset, length);
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    lower().write(start + position, source, offset, length);
  }

  @Override
  protected void doSubmit(WriteBatch batch) throws IOException {
    lower().submit(batch.shifted(start));
  }

  @Override
  protected void doDiscard(long position, long length) throws IOException {
    lower().discard(start + position, length);
  }

  @Override
  protected void doClose() throws IOException {
    if (closesLower) {
      lower().close();
    } else if (!isReadOnly()) {
      lower().flush();
    }
  }
}
