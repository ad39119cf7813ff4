package dev.tcplay.block;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * A device that takes its time: reads, writes and flushes wait before they go to the device below
 * that is theirs, any number of them at once. An interrupt ends no wait.
 */
public final class DelayDevice extends AbstractBlockDevice {

  /**
   * Where one kind of request goes, and how long it waits before.
   *
   * @param device the device below; that of reads, writes and flushes may be the same
   * @param millis milliseconds, not negative
   */
  public record Way(BlockDevice device, long millis) {

    /**
     * Checks the time.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Way {
      if (millis < 0) {
        throw new IllegalArgumentException("negative delay: " + millis);
      }
    }
  }

  private final Way reads;
  private final Way writes;
  private final Way flushes;
  private final LongConsumer pause;

  /**
   * Makes a device as large as that of the reads; closing it closes all three.
   *
   * @param writes discards take this way, too
   */
  public DelayDevice(Way reads, Way writes, Way flushes) {
    this(reads, writes, flushes, DelayDevice::pause);
  }

  /** Makes the device with another way to wait for a number of milliseconds. */
  DelayDevice(Way reads, Way writes, Way flushes, LongConsumer pause) {
    super(reads.device().size(), reads.device().sectorSize(), writes.device().isReadOnly());
    this.reads = reads;
    this.writes = writes;
    this.flushes = flushes;
    this.pause = pause;
  }

  private static void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the device at the end of a way, after its time. */
  private BlockDevice after(Way way) {
    pause.accept(way.millis());
    return way.device();
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    after(reads).read(position, target, offset, length);
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    after(writes).write(position, source, offset, length);
  }

  /** Flushes the device of the writes, too, where flushes go to another one. */
  @Override
  protected void doFlush() throws IOException {
    after(flushes).flush();
    if (writes.device() != flushes.device()) {
      writes.device().flush();
    }
  }

  @Override
  protected void doDiscard(long position, long length) throws IOException {
    after(writes).discard(position, length);
  }

  @Override
  protected void doClose() throws IOException {
    BlockDevice read = reads.device();
    BlockDevice write = writes.device();
    BlockDevice flush = flushes.device();
    try (read;
        write;
        flush) {
      // Closed in turn, whichever of them fails; one that is closed twice stays closed.
    }
  }
}
