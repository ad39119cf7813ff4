package dev.tcplay.block;

import java.io.IOException;

/**
 * A device of which one range is another device: a disk whose encrypted part is shown decrypted,
 * for example, and the rest as it stands. A request that reaches over an edge is split there.
 */
public final class InsetDevice extends ForwardingDevice {

  private final BlockDevice inset;
  private final long start;
  private final long end;

  /**
   * Makes the device, which is as long as {@code around} and closes both.
   *
   * @param around what is seen outside of the range
   * @param inset what is seen in it from its start to its end; what it writes must reach the host
   *     by a flush of {@code around}, as where it stands on the same host
   * @param start where the range begins, in bytes
   * @param readOnly whether every write is refused
   * @throws IllegalArgumentException if the range does not lie inside {@code around}
   */
  public InsetDevice(BlockDevice around, BlockDevice inset, long start, boolean readOnly) {
    super(around, readOnly || around.isReadOnly() || inset.isReadOnly());
    if (start < 0 || inset.size() > around.size() - start) {
      throw new IllegalArgumentException(
          inset.size() + " bytes at " + start + " are not inside " + around.size() + " bytes");
    }
    this.inset = inset;
    this.start = start;
    this.end = start + inset.size();
  }

  /** Moves bytes between an array and the one device that they belong to. */
  private interface Transfer {
    void run(BlockDevice device, long position, int offset, int length) throws IOException;
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    split(position, offset, length, (device, at, from, n) -> device.read(at, target, from, n));
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    split(position, offset, length, (device, at, from, n) -> device.write(at, source, from, n));
  }

  private void split(long position, int offset, int length, Transfer transfer) throws IOException {
    int n;
    for (int done = 0; done < length; done += n) {
      long at = position + done;
      n = (int) Math.min(length - done, edgeAfter(at) - at);
      if (isInset(at)) {
        transfer.run(inset, at - start, offset + done, n);
      } else {
        transfer.run(lower(), at, offset + done, n);
      }
    }
  }

  @Override
  protected void doDiscard(long position, long length) throws IOException {
    long n;
    for (long at = position; at < position + length; at += n) {
      n = Math.min(position + length, edgeAfter(at)) - at;
      if (isInset(at)) {
        inset.discard(at - start, n);
      } else {
        lower().discard(at, n);
      }
    }
  }

  private boolean isInset(long position) {
    return position >= start && position < end;
  }

  /** Returns where the next range begins behind a position. */
  private long edgeAfter(long position) {
    return position < start ? start : position < end ? end : Long.MAX_VALUE;
  }

  @Override
  protected void doClose() throws IOException {
    try {
      inset.close();
    } finally {
      lower().close();
    }
  }
}
