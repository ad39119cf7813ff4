package dev.tcplay.block;

import java.io.IOException;

/** A window of a device: position 0 is the lower device's {@code start}. */
public final class LinearDevice extends GatedDevice {

  private final BlockDevice lower;
  private final long start;

  /**
   * Makes the window; closing it closes {@code lower}.
   *
   * @param lower the device that the window looks into
   * @param start where the window begins, in bytes
   * @param length bytes in the window
   * @throws IllegalArgumentException if the window does not lie inside {@code lower}
   */
  public LinearDevice(BlockDevice lower, long start, long length) {
    this(lower, start, length, lower.isReadOnly());
  }

  private LinearDevice(BlockDevice lower, long start, long length, boolean readOnly) {
    super(length, lower.sectorSize(), readOnly);
    if (start < 0 || start > lower.size() || length > lower.size() - start) {
      throw new IllegalArgumentException(
          length + " bytes at " + start + " are not inside " + lower.size() + " bytes");
    }
    this.lower = lower;
    this.start = start;
  }

  /** Returns a window through which nothing is written; otherwise like the constructor. */
  public static LinearDevice readOnly(BlockDevice lower, long start, long length) {
    return new LinearDevice(lower, start, length, true);
  }

  @Override
  void doRead(long position, byte[] target, int offset, int length) throws IOException {
    lower.read(start + position, target, offset, length);
  }

  @Override
  void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    lower.write(start + position, source, offset, length);
  }

  @Override
  public void beforeSync(Runnable action) {
    lower.beforeSync(action);
  }

  @Override
  void doFlush() throws IOException {
    lower.flush();
  }

  @Override
  void doDiscard(long position, long length) throws IOException {
    lower.discard(start + position, length);
  }

  @Override
  void doClose() throws IOException {
    lower.close();
  }
}
