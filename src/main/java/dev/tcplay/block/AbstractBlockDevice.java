package dev.tcplay.block;

import dev.tcplay.sync.Gate;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The base of devices: it checks ranges, refuses writes to a read-only device, and closes once,
 * when all calls have ended. A subclass moves bytes; the ranges that reach it are not empty and lie
 * inside it. Its methods are called by any number of threads at once, but for {@link #doClose}.
 */
public abstract class AbstractBlockDevice implements BlockDevice {

  private final Gate gate = new Gate();
  private final Followers followers = new Followers();

  /** Whether somebody closes or has closed the device. */
  private final AtomicBoolean closing = new AtomicBoolean();

  /** Whether closing came as far as the device itself; written by the one who closes. */
  private boolean reached;

  private final long size;
  private final int sectorSize;
  private final boolean readOnly;

  /**
   * Makes a device.
   *
   * @param size its bytes; who may be resized overrides {@link #size}
   * @param sectorSize the bytes that it writes as one, as {@link #sectorSize} says
   * @param readOnly whether every write is refused
   * @throws IllegalArgumentException if the size is negative
   */
  protected AbstractBlockDevice(long size, int sectorSize, boolean readOnly) {
    if (size < 0) {
      throw new IllegalArgumentException("negative size: " + size);
    }
    this.size = size;
    this.sectorSize = sectorSize;
    this.readOnly = readOnly;
  }

  /** Reads as {@link #read} says. */
  protected abstract void doRead(long position, byte[] target, int offset, int length)
      throws IOException;

  /** Writes as {@link #write} says. */
  protected abstract void doWrite(long position, byte[] source, int offset, int length)
      throws IOException;

  /**
   * Hands a batch over as {@link #submit} says. As it stands here it writes group after group, with
   * a flush behind each.
   */
  protected void doSubmit(WriteBatch batch) throws IOException {
    batch.writeThrough(
        (position, source, offset, length) -> {
          if (length > 0) {
            doWrite(position, source, offset, length);
          }
        },
        this::doFlush);
  }

  /** Flushes as {@link #flush} says. */
  protected abstract void doFlush() throws IOException;

  /** Discards as {@link #discard} says. */
  protected abstract void doDiscard(long position, long length) throws IOException;

  /**
   * Closes what the device has. Runs once, when no other call runs. The device is closed even if
   * this fails.
   */
  protected abstract void doClose() throws IOException;

  /**
   * Has all devices above that {@linkplain #follow follow} this one hold still, and then this one,
   * until the result is closed: calls that run are waited for, those that come wait. For who
   * resizes the device, or hears that a lower one is resized. Not for a thread that is inside a
   * call of the device; and no call of it may call it again. The same thread closes the result.
   *
   * @throws IOException if a device above cannot write what it has delayed; nothing is held then
   */
  protected final Closeable holdStill() throws IOException {
    Closeable above = followers.holdStill();
    gate.hold();
    return () -> {
      try (above) {
        gate.open();
      }
    };
  }

  @Override
  public Registration follow(Follower follower) {
    return followers.add(follower);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public final int sectorSize() {
    return sectorSize;
  }

  @Override
  public final boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public final void read(long position, byte[] target, int offset, int length) throws IOException {
    gate.enter();
    try {
      Objects.checkFromIndexSize(offset, length, target.length);
      checkInside(position, length);
      if (length > 0) {
        doRead(position, target, offset, length);
      }
    } catch (StackOverflowError e) {
      gate.overflowed = true;
      throw e;
    } finally {
      gate.leave();
    }
  }

  @Override
  public final void write(long position, byte[] source, int offset, int length) throws IOException {
    gate.enter();
    try {
      checkWritable();
      Objects.checkFromIndexSize(offset, length, source.length);
      checkInside(position, length);
      if (length > 0) {
        doWrite(position, source, offset, length);
      }
    } catch (StackOverflowError e) {
      gate.overflowed = true;
      throw e;
    } finally {
      gate.leave();
    }
  }

  @Override
  public final void submit(WriteBatch batch) throws IOException {
    gate.enter();
    try {
      checkWritable();
      for (List<WriteBatch.Write> group : batch.groups().values()) {
        for (WriteBatch.Write write : group) {
          checkInside(write.position(), write.bytes().length);
        }
      }
      doSubmit(batch);
    } catch (StackOverflowError e) {
      gate.overflowed = true;
      throw e;
    } finally {
      gate.leave();
    }
  }

  @Override
  public final void flush() throws IOException {
    gate.enter();
    try {
      doFlush();
    } catch (StackOverflowError e) {
      gate.overflowed = true;
      throw e;
    } finally {
      gate.leave();
    }
  }

  @Override
  public final void discard(long position, long length) throws IOException {
    gate.enter();
    try {
      checkWritable();
      checkInside(position, length);
      if (length > 0) {
        doDiscard(position, length);
      }
    } catch (StackOverflowError e) {
      gate.overflowed = true;
      throw e;
    } finally {
      gate.leave();
    }
  }

  @Override
  public final void close() throws IOException {
    gate.shut();
    if (closing.getAndSet(true)) {
      return;
    }
    try {
      gate.beginClosing();
      try {
        requireMemory();
        reached = true;
        doClose();
      } finally {
        gate.open();
      }
    } finally {
      if (!reached) {
        // An Error came before: whoever closes once more goes on.
        closing.set(false);
      }
    }
  }

  /** Where there is no memory at all, closing fails by this, and so where it can be repeated. */
  private static void requireMemory() {
    if (new byte[Tuning.CLOSE_RESERVE].length != Tuning.CLOSE_RESERVE) {
      throw new AssertionError("an array of another length");
    }
  }

  private void checkWritable() {
    if (readOnly) {
      throw new NonWritableChannelException();
    }
  }

  private void checkInside(long position, long length) throws IOException {
    long end = size();
    if ((position | length) < 0 || length > end - position) {
      throw new IOException(
          length + " bytes at " + position + " are not inside a device of " + end + " bytes");
    }
  }
}
