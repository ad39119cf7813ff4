package dev.tcplay.testing;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests that reach a device, and the sectors that they touch. */
public final class CountingDevice extends DelegatingDevice {

  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong flushes = new AtomicLong();
  private final AtomicLong sectorsRead = new AtomicLong();
  private final AtomicLong sectorsWritten = new AtomicLong();

  /** Counts what goes to {@code lower}. */
  public CountingDevice(BlockDevice lower) {
    super(lower);
  }

  /** Returns how often something was read. */
  public long reads() {
    return reads.get();
  }

  /** Returns how often something was written. */
  public long writes() {
    return writes.get();
  }

  /** Returns how often the device was flushed. */
  public long flushes() {
    return flushes.get();
  }

  /** Returns how many sectors were read, each as often as it was. */
  public long sectorsRead() {
    return sectorsRead.get();
  }

  /** Returns how many sectors were written, each as often as it was. */
  public long sectorsWritten() {
    return sectorsWritten.get();
  }

  /** Counts from zero again. */
  public void reset() {
    reads.set(0);
    writes.set(0);
    flushes.set(0);
    sectorsRead.set(0);
    sectorsWritten.set(0);
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) throws IOException {
    super.read(position, target, offset, length);
    reads.incrementAndGet();
    sectorsRead.addAndGet(sectors(position, length));
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    super.write(position, source, offset, length);
    writes.incrementAndGet();
    sectorsWritten.addAndGet(sectors(position, length));
  }

  private long sectors(long position, int length) {
    int sector = sectorSize();
    return length == 0 ? 0 : (position + length - 1) / sector - position / sector + 1;
  }

  @Override
  public void flush() throws IOException {
    super.flush();
    flushes.incrementAndGet();
  }
}
