package dev.tcplay.block;

import java.io.IOException;

/** A window of a device: position 0 is the lower device's {@code start}. */
public final class LinearDevice extends ForwardingDevice {

  private final long start;
  private final boolean closesLower;

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
    super(lower, length, readOnly);
    if (start < 0 || start > lower.size() || length > lower.size() - start) {
      throw new IllegalArgumentException(
          length + " bytes at " + start + " are not inside " + lower.size() + " bytes");
    }
    this.start = start;
    this.closesLower = closesLower;
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
