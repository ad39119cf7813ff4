package dev.tcplay.testing;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;

/** Throws at one call of it, and is a good device before and after. */
public final class ThrowingDevice extends DelegatingDevice {

  private final int kind;
  private int countdown;
  private int calls;

  /**
   * Makes a device that throws.
   *
   * @param kind 0 for an {@code OutOfMemoryError}, 1 for a {@code StackOverflowError}, else an
   *     unchecked exception
   * @param countdown the number of the call that fails
   */
  public ThrowingDevice(BlockDevice lower, int kind, int countdown) {
    super(lower);
    this.kind = kind;
    this.countdown = countdown;
  }

  /** Lets the next call fail. */
  public synchronized void throwNext() {
    countdown = 1;
  }

  /** Returns how many calls there have been. */
  public synchronized int calls() {
    return calls;
  }

  private synchronized void count() {
    calls++;
    if (--countdown == 0) {
      switch (kind) {
        case 0 -> throw new OutOfMemoryError("injected");
        case 1 -> throw new StackOverflowError("injected");
        default -> throw new IllegalStateException("injected");
      }
    }
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) throws IOException {
    count();
    super.read(position, target, offset, length);
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    count();
    super.write(position, source, offset, length);
  }

  @Override
  public void flush() throws IOException {
    count();
    super.flush();
  }

  @Override
  public void discard(long position, long length) {}

  @Override
  public void close() {}
}
