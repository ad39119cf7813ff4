package dev.tcplay.block;

import java.io.Closeable;
import java.io.IOException;

/**
 * A number of bytes at positions, in layers: a host file, a window of it, its plaintext, a cache.
 *
 * <p>Positions and lengths are bytes, need no alignment, and are never clamped: a transfer that
 * does not lie wholly inside {@code [0, size())} is refused before any byte moves. Transfers are
 * complete when they return; there are no short reads.
 *
 * <p>Every device is safe for any number of threads at once, and reading takes no lock. Two writes
 * that overlap leave, sector by sector, the bytes of one of them. A thread that reads a sector
 * while another one writes it may get a mix of old and new bytes; a {@link
 * dev.tcplay.block.cache.CachedDevice} gives it the old bytes or the new ones.
 *
 * <p>A device may ask the one below it in parts, in any order, and by threads of its own.
 */
public interface BlockDevice extends Closeable {

  /**
   * Returns the size in bytes. It changes only when a target at the bottom is resized that says so,
   * such as {@link LinearDevice#resize}, and then in all devices above it at once. A call sees one
   * size from its beginning to its end; whoever asks for the size before a call may find it changed
   * in the call, which is then refused as if it had come later.
   *
   * <p>What was written behind the new end of a device that shrinks is lost or not, as the target
   * says. When the device grows again, nothing above has old bytes of that range in memory: what it
   * reads as is what the target holds.
   */
  long size();

  /** Returns the bytes that the device writes as one: a power of two, at least 512. */
  int sectorSize();

  /** Returns whether every {@link #write} and {@link #discard} is refused. */
  boolean isReadOnly();

  /**
   * Fills {@code target[offset, offset + length)} with the bytes at {@code position}.
   *
   * @throws IndexOutOfBoundsException if the range does not lie inside {@code target}
   * @throws IOException if the range does not lie inside the device, the host fails, or the device
   *     is closed ({@link java.nio.channels.ClosedChannelException})
   */
  void read(long position, byte[] target, int offset, int length) throws IOException;

  /**
   * Writes {@code source[offset, offset + length)} at {@code position}. The array is not changed
   * and not kept.
   *
   * @throws IndexOutOfBoundsException if the range does not lie inside {@code source}
   * @throws java.nio.channels.NonWritableChannelException if the device is read-only
   * @throws IOException if the range does not lie inside the device, the host fails, or the device
   *     is closed; sectors of the range may then hold old or new bytes
   */
  void write(long position, byte[] source, int offset, int length) throws IOException;

  /**
   * Writes a batch: its groups reach the host in their order, none before the one before it is
   * whole. A device that delays writes may return earlier; {@link #flush} commits. There, what was
   * written by {@link #write} before counts as written in the first group; elsewhere only what was
   * flushed comes before the batch for certain.
   *
   * @throws IllegalStateException if the batch was handed over before
   * @throws java.nio.channels.NonWritableChannelException if the device is read-only
   * @throws IOException as {@link #write} does; after a failure of the host some groups, the first
   *     ones, may be written or pending
   */
  default void submit(WriteBatch batch) throws IOException {
    batch.writeThrough(this::write, this::flush);
  }

  /**
   * Has something done each time before this device commits, of its own accord, what it has delayed
   * for as long as it may: the last chance to hand over what belongs to it. Does nothing on a
   * device that delays no writes. There may be any number of actions, such as those of two file
   * systems on two windows of one cache. They run one after the other in a thread of the device,
   * which holds no lock meanwhile, and what one throws is dropped.
   *
   * <p>{@link #close} does not call the actions and does not wait for one that runs; what that one
   * hands over is then refused.
   *
   * @return what ends this when it is closed; who does not close it is called until the device is
   *     closed
   */
  default Registration beforeSync(Runnable action) {
    return () -> {};
  }

  /**
   * Has a device above hold still each time before this one is resized: for whoever keeps something
   * in memory that hangs on the size. A device that has its size from a lower one passes this on.
   * Does nothing on a device that is never resized.
   *
   * @return what ends this when it is closed; who does not close it is told for ever
   */
  default Registration follow(Follower follower) {
    return () -> {};
  }

  /**
   * Returns once all that was written before has reached the host's storage.
   *
   * @throws IOException if the host fails, now or in a delayed write before, or the device is
   *     closed
   */
  void flush() throws IOException;

  /**
   * Says that the bytes of a range are of no further use. A hint: what they read as afterwards is
   * undefined, and most devices do nothing.
   *
   * @throws java.nio.channels.NonWritableChannelException if the device is read-only
   * @throws IOException if the range does not lie inside the device, the host fails, or the device
   *     is closed
   */
  void discard(long position, long length) throws IOException;

  /** Flushes what is pending, closes the layers below and wipes keys. Only the first call acts. */
  @Override
  void close() throws IOException;
}
