package dev.tcplay.block;

import java.io.Closeable;
import java.io.IOException;
import java.util.PrimitiveIterator;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A device whose writes go to an overlay and leave the origin alone, until they are committed or
 * rolled back. Closing rolls back: which parts the overlay holds is known in memory only.
 *
 * <p>Reads and writes run side by side; only commit, roll-back and a change of the size are alone.
 *
 * <p>It is as large as its origin at any time, but not larger than its overlay. What was written
 * behind the end of an origin that shrinks is forgotten.
 */
public final class SnapshotDevice extends AbstractBlockDevice {

  private final BlockDevice origin;
  private final BlockDevice overlay;
  private final ChunkSet copied = new ChunkSet();
  private final Closeable afterwards;
  private final ReadWriteLock whole = new ReentrantReadWriteLock();
  private final Object[] stripes = new Object[Tuning.SNAPSHOT_STRIPES];
  private final Registration following;
  private volatile long size;

  private SnapshotDevice(BlockDevice origin, BlockDevice overlay, Closeable afterwards) {
    super(origin.size(), origin.sectorSize(), false);
    this.origin = origin;
    this.overlay = overlay;
    this.afterwards = afterwards;
    for (int i = 0; i < Tuning.SNAPSHOT_STRIPES; i++) {
      stripes[i] = new Object();
    }
    this.following = origin.follow(this::holdForOrigin);
    // Last, as it may be resized before this follows it.
    whole.writeLock().lock();
    try {
      this.size = sizeBelow();
    } finally {
      whole.writeLock().unlock();
    }
  }

  private long sizeBelow() {
    return Math.min(origin.size(), overlay.size());
  }

  /** Makes a snapshot with its overlay in memory; closing it closes {@code origin}. */
  public static SnapshotDevice inMemory(BlockDevice origin) {
    return new SnapshotDevice(origin, new MemoryDevice(Long.MAX_VALUE), () -> {});
  }

  /**
   * Makes a snapshot with its overlay on another device, which holds nothing yet; closing it closes
   * {@code origin} and {@code overlay}.
   *
   * @param overlay at least as large as {@code origin}
   * @param afterwards closed when both are
   */
  public static SnapshotDevice over(BlockDevice origin, BlockDevice overlay, Closeable afterwards) {
    return new SnapshotDevice(origin, overlay, afterwards);
  }

  /**
   * Returns how many bytes the parts take that the overlay has something of, counted in parts of a
   * size.
   *
   * @param part bytes in a part, a power of 2; less than 4096 counts as that, which is copied at a
   *     time
   */
  public long copiedBytes(long part) {
    long counted = Math.max(part, Tuning.SNAPSHOT_CHUNK);
    return copied.parts(counted / Tuning.SNAPSHOT_CHUNK) * counted;
  }

  /**
   * Writes to the origin what was written here, and flushes it.
   *
   * @throws IOException if one of the devices fails; what was written here is then still there
   */
  public void commit() throws IOException {
    alone(
        () -> {
          byte[] chunk = new byte[Tuning.SNAPSHOT_CHUNK];
          PrimitiveIterator.OfLong numbers = copied.numbers().iterator();
          while (numbers.hasNext()) {
            long number = numbers.nextLong();
            int length = chunkLength(number);
            overlay.read(number * Tuning.SNAPSHOT_CHUNK, chunk, 0, length);
            origin.write(number * Tuning.SNAPSHOT_CHUNK, chunk, 0, length);
          }
          origin.flush();
          forget();
        });
  }

  /**
   * Forgets what was written here.
   *
   * @throws IOException if the overlay fails
   */
  public void rollBack() throws IOException {
    alone(this::forget);
  }

  private void forget() throws IOException {
    copied.clear();
    overlay.discard(0, overlay.size());
  }

  private interface Action {
    void run() throws IOException;
  }

  private void alone(Action action) throws IOException {
    Lock lock = whole.writeLock();
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long size() {
    return size;
  }

  private Closeable holdForOrigin() throws IOException {
    Closeable held = holdStill();
    whole.writeLock().lock();
    return () -> {
      try (held) {
        adoptSize(sizeBelow());
      } finally {
        whole.writeLock().unlock();
      }
    };
  }

  private void adoptSize(long now) throws IOException {
    long last = size / Tuning.SNAPSHOT_CHUNK;
    int skip = (int) (size % Tuning.SNAPSHOT_CHUNK);
    if (now > size && copied.contains(last)) {
      // The chunk at the old end is the overlay's, which lacks its rest.
      byte[] rest = new byte[(int) Math.min(Tuning.SNAPSHOT_CHUNK - skip, now - size)];
      origin.read(size, rest, 0, rest.length);
      overlay.write(size, rest, 0, rest.length);
    }
    copied.cut((now + Tuning.SNAPSHOT_CHUNK - 1) / Tuning.SNAPSHOT_CHUNK);
    size = now;
  }

  private int chunkLength(long number) {
    return (int) Math.min(Tuning.SNAPSHOT_CHUNK, size() - number * Tuning.SNAPSHOT_CHUNK);
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    Lock lock = whole.readLock();
    lock.lock();
    try {
      for (int done = 0; done < length; ) {
        boolean inOverlay = copied.contains((position + done) / Tuning.SNAPSHOT_CHUNK);
        long chunks = 0;
        do {
          chunks += Tuning.SNAPSHOT_CHUNK - (position + done + chunks) % Tuning.SNAPSHOT_CHUNK;
        } while (done + chunks < length
            && copied.contains((position + done + chunks) / Tuning.SNAPSHOT_CHUNK) == inOverlay);
        int n = (int) Math.min(chunks, length - done);
        (inOverlay ? overlay : origin).read(position + done, target, offset + done, n);
        done += n;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    Lock lock = whole.readLock();
    lock.lock();
    try {
      for (int done = 0; done < length; ) {
        long at = position + done;
        int n = (int) Math.min(Tuning.SNAPSHOT_CHUNK - at % Tuning.SNAPSHOT_CHUNK, length - done);
        writeChunk(
            at / Tuning.SNAPSHOT_CHUNK,
            (int) (at % Tuning.SNAPSHOT_CHUNK),
            source,
            offset + done,
            n);
        done += n;
      }
    } finally {
      lock.unlock();
    }
  }

  private void writeChunk(long number, int skip, byte[] source, int offset, int length)
      throws IOException {
    synchronized (stripes[(int) (number % Tuning.SNAPSHOT_STRIPES)]) {
      if (copied.contains(number)) {
        overlay.write(number * Tuning.SNAPSHOT_CHUNK + skip, source, offset, length);
      } else {
        byte[] chunk = new byte[chunkLength(number)];
        if (length < chunk.length) {
          origin.read(number * Tuning.SNAPSHOT_CHUNK, chunk, 0, chunk.length);
        }
        System.arraycopy(source, offset, chunk, skip, length);
        overlay.write(number * Tuning.SNAPSHOT_CHUNK, chunk, 0, chunk.length);
        copied.add(number);
      }
    }
  }

  @Override
  protected void doFlush() throws IOException {
    overlay.flush();
  }

  /** Does nothing: the origin is not touched, and the overlay may be needed again. */
  @Override
  protected void doDiscard(long position, long length) {}

  @Override
  protected void doClose() throws IOException {
    try (afterwards;
        origin;
        overlay) {
      copied.clear();
    } finally {
      following.close();
    }
  }
}
