package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForwardingDevice;
import dev.tcplay.block.WriteBatch;
import java.io.IOException;

/**
 * Asks the lock of a container before each transfer, so that no cache below takes what can never be
 * written, or gives what is stale.
 */
final class LockedDevice extends ForwardingDevice {

  private final ContainerLock lock;

  /** Makes the device; closing it closes {@code lower}. */
  LockedDevice(BlockDevice lower, ContainerLock lock) {
    super(lower);
    this.lock = lock;
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    lock.check(false);
    lower().read(position, target, offset, length);
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    lock.check(true);
    lower().write(position, source, offset, length);
  }

  @Override
  protected void doSubmit(WriteBatch batch) throws IOException {
    lock.check(true);
    lower().submit(batch);
  }

  @Override
  protected void doDiscard(long position, long length) throws IOException {
    lock.check(true);
    lower().discard(position, length);
  }
}
