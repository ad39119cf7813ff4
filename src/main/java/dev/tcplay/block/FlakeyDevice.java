package dev.tcplay.block;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** A device whose requests fail, get lost or are corrupted, by a schedule. */
public final class FlakeyDevice extends ForwardingDevice {

  /** What is asked of the device. */
  public enum Operation {
    /** A read. */
    READ,
    /** A write. */
    WRITE,
    /** A flush. */
    FLUSH
  }

  /** What becomes of a request. */
  public enum Fault {
    /** It is served. */
    NONE,
    /** It fails. */
    FAIL,
    /** It seems to be served, but nothing is written or flushed; a read is served. */
    DROP,
    /** One byte of what it reads or writes is changed; a flush is served. */
    CORRUPT
  }

  /** Says what becomes of each request; called by any number of threads at once. */
  @FunctionalInterface
  public interface Schedule {

    /**
     * Decides about one request.
     *
     * @param number how many requests there were before
     * @param operation what is asked
     * @param position where, in bytes, 0 for a flush
     * @param length how many bytes, 0 for a flush
     */
    Fault next(long number, Operation operation, long position, int length);

    /** Serves {@code good} requests, then has a fault in each of {@code bad} ones, and so on. */
    static Schedule alternating(int good, int bad, Fault fault) {
      return (number, operation, position, length) ->
          number % (good + bad) < good ? Fault.NONE : fault;
    }
  }

  private final Schedule schedule;
  private final AtomicLong requests = new AtomicLong();

  /** Makes the device; closing it closes {@code lower}. */
  public FlakeyDevice(BlockDevice lower, Schedule schedule) {
    super(lower);
    this.schedule = schedule;
  }

  private Fault next(Operation operation, long position, int length) throws IOException {
    Fault fault = schedule.next(requests.getAndIncrement(), operation, position, length);
    if (fault == Fault.FAIL) {
      throw new IOException("flakey device: " + operation + " at " + position + " failed");
    }
    return fault;
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    Fault fault = next(Operation.READ, position, length);
    lower().read(position, target, offset, length);
    if (fault == Fault.CORRUPT) {
      target[offset + length / 2] ^= 1;
    }
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    switch (next(Operation.WRITE, position, length)) {
      case NONE -> lower().write(position, source, offset, length);
      case CORRUPT -> {
        byte[] corrupt = new byte[length];
        System.arraycopy(source, offset, corrupt, 0, length);
        corrupt[length / 2] ^= 1;
        lower().write(position, corrupt, 0, length);
      }
      case DROP, FAIL -> {}
    }
  }

  @Override
  protected void doFlush() throws IOException {
    if (next(Operation.FLUSH, 0, 0) != Fault.DROP) {
      lower().flush();
    }
  }
}
