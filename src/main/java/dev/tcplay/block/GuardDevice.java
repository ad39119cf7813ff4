package dev.tcplay.block;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
  private final Consumer<ForbiddenWriteException> listener;
  private final AtomicReference<@Nullable ForbiddenWriteException> first = new AtomicReference<>();

  /**
   * Makes the guard; closing it closes {@code lower}.
   *
   * @param lower the device to guard
   * @param start where the forbidden range begins, in bytes
   * @param length bytes in the forbidden range
   * @param listener told once of the first refusal, by the thread whose write it is, before that
   *     gets it as its exception; what the listener throws is suppressed in it. It must not close
   *     the device
   * @throws IllegalArgumentException if the range does not lie inside {@code lower}
   */
  public GuardDevice(
      BlockDevice lower, long start, long length, Consumer<ForbiddenWriteException> listener) {
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
    return first.get() != null;
  }

  /** Returns the first refusal, empty if no write touched the range. */
  public Optional<ForbiddenWriteException> refusal() {
    return Optional.ofNullable(first.get());
  }

  /**
   * Fails if writes are refused from now on.
   *
   * @throws ForbiddenWriteException then, with the first refusal as its cause
   */
  public void checkNotTripped() throws ForbiddenWriteException {
    ForbiddenWriteException refusal = first.get();
    if (refusal != null) {
      throw ForbiddenWriteException.after(refusal);
    }
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
    if (touches && first.get() == null) {
      ForbiddenWriteException refusal =
          ForbiddenWriteException.touching(position, length, start, end - start);
      if (first.compareAndSet(null, refusal)) {
        tell(refusal);
        throw refusal;
      }
    }
    checkNotTripped();
  }

  private void tell(ForbiddenWriteException refusal) {
    try {
      listener.accept(refusal);
    } catch (RuntimeException e) {
      refusal.addSuppressed(e);
    }
  }
}
