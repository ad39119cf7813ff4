package dev.tcplay.block;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps writes out of a range, such as the place of a hidden volume in its outer one.
 *
 * <p>A write that touches the range is refused whole, and from then on every write is: the file
 * system above no longer fits what it believes it wrote. Reading goes on. The guard stands above
 * the cache, so that a write is refused before it is acknowledged, and what was acknowledged before
 * still reaches the host.
 */
public final class GuardDevice extends ForwardingDevice {

  private final long start;
  private final long end;
  private final Runnable listener;
  private final AtomicBoolean tripped = new AtomicBoolean();

  /**
   * Makes the guard; closing it closes {@code lower}.
   *
   * @param lower the device to guard
   * @param start where the forbidden range begins, in bytes
   * @param length bytes in the forbidden range
   * @param listener told once, by the thread whose write is refused first, before it gets its
   *     exception; it must not close the device
   * @throws IllegalArgumentException if the range does not lie inside {@code lower}
   */
  public GuardDevice(BlockDevice lower, long start, long length, Runnable listener) {
    super(lower);
    if ((start | length) < 0 || length > lower.size() - start) {
      throw new IllegalArgumentException(
          length + " bytes at " + start + " are not inside " + lower.size() + " bytes");
    }
    this.start = start;
    this.end = start + length;
    this.listener = listener;
  }

  /** Returns whether a write touched the range, so that all are refused now. */
  public boolean isTripped() {
    return tripped.get();
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    check(position, length);
    lower().write(position, source, offset, length);
  }

  @Override
  protected void doSubmit(WriteBatch batch) throws IOException {
    for (List<WriteBatch.Write> group : batch.groups().values()) {
      for (WriteBatch.Write write : group) {
        check(write.position(), write.bytes().length);
      }
    }
    lower().submit(batch);
  }

  @Override
  protected void doDiscard(long position, long length) throws IOException {
    check(position, length);
    lower().discard(position, length);
  }

  private void check(long position, long length) throws IOException {
    boolean touches = length > 0 && position < end && position + length > start;
    if (touches && tripped.compareAndSet(false, true)) {
      listener.run();
    }
    if (tripped.get()) {
      throw new ForbiddenWriteException(position, length, start, end - start);
    }
  }
}
