package dev.tcplay.block;

import java.io.IOException;

/**
 * The base of devices over one other device, which they close with themselves. As it stands it
 * passes everything on unchanged; a subclass overrides what it does otherwise.
 *
 * <p>A batch comes along as single writes and flushes, so that a subclass that looks at writes
 * misses none. One that lets batches pass overrides {@link #doSubmit}; {@link WriteBatch#shifted}
 * helps.
 */
public abstract class ForwardingDevice extends AbstractBlockDevice {

  private final BlockDevice lower;

  /**
   * Makes a device as large as {@code lower} is at any time, and read-only if that is.
   *
   * @param lower the device below
   */
  protected ForwardingDevice(BlockDevice lower) {
    this(lower, lower.isReadOnly());
  }

  /**
   * Makes a device that may be read-only though {@code lower} is not.
   *
   * @param lower the device below
   * @param readOnly whether every write is refused
   */
  protected ForwardingDevice(BlockDevice lower, boolean readOnly) {
    super(lower.size(), lower.sectorSize(), readOnly);
    this.lower = lower;
  }

  /** Returns the device below. */
  protected final BlockDevice lower() {
    return lower;
  }

  /** Returns the size of the device below; a subclass of another size overrides this. */
  @Override
  public long size() {
    return lower.size();
  }

  @Override
  public Registration follow(Follower follower) {
    Registration here = super.follow(follower);
    Registration below = lower.follow(follower);
    return () -> {
      here.close();
      below.close();
    };
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    lower.read(position, target, offset, length);
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    lower.write(position, source, offset, length);
  }

  @Override
  public Registration beforeSync(Runnable action) {
    return lower.beforeSync(action);
  }

  @Override
  protected void doFlush() throws IOException {
    lower.flush();
  }

  @Override
  protected void doDiscard(long position, long length) throws IOException {
    lower.discard(position, length);
  }

  @Override
  protected void doClose() throws IOException {
    lower.close();
  }
}
