package dev.tcplay.block.cache;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForwardingDevice;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A device on which every transfer comes in two halves, cut in the middle of a sector, with room
 * for something to happen in between.
 */
final class SplitDevice extends ForwardingDevice {

  private static final int HALF = 256;

  private final AtomicReference<Runnable> amidRead = new AtomicReference<>(() -> {});
  private final AtomicReference<Runnable> amidWrite = new AtomicReference<>(() -> {});
  private final AtomicReference<Runnable> afterWrite = new AtomicReference<>(() -> {});

  SplitDevice(BlockDevice lower) {
    super(lower);
  }

  /** Has something done, once, between the halves of the next read. */
  void amidRead(Runnable action) {
    amidRead.set(action);
  }

  /** Has something done, once, between the halves of the next write. */
  void amidWrite(Runnable action) {
    amidWrite.set(action);
  }

  /** Has something done, once, when the next write is done and has not returned. */
  void afterWrite(Runnable action) {
    afterWrite.set(action);
  }

  /** Runs a thread until it has ended or cannot go on. */
  static Thread startAndSettle(Thread thread) {
    thread.start();
    while (thread.isAlive()
        && thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
    return thread;
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    int first = Math.min(HALF, length);
    lower().read(position, target, offset, first);
    amidRead.getAndSet(() -> {}).run();
    lower().read(position + first, target, offset + first, length - first);
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    int first = Math.min(HALF, length);
    lower().write(position, source, offset, first);
    amidWrite.getAndSet(() -> {}).run();
    lower().write(position + first, source, offset + first, length - first);
    afterWrite.getAndSet(() -> {}).run();
  }
}
