package dev.tcplay.block.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Knows what a host file looked like after our own last write, and so whether another program has
 * changed it since.
 */
final class HostWatch {

  private final Path file;
  private final @Nullable Object key;
  private volatile long size;

  /** Writes that began and that ended. */
  private final AtomicLong begun = new AtomicLong();

  private final AtomicLong ended = new AtomicLong();

  /** What the file looked like after so many writes. */
  private record Look(HostStamp stamp, long writes) {}

  /** The last look at the file, null as long as there was none. */
  private volatile @Nullable Look look;

  /** When the last write of ours ended, by the clock of this machine. */
  private final AtomicLong lastEndMillis = new AtomicLong();

  /** Whether times of the file tell of changes at once. */
  private final boolean promptTimes;

  /**
   * Prepares to watch a file that is open.
   *
   * @param key what tells the file from others, null where the host has no such thing
   * @param size bytes at opening
   */
  HostWatch(Path file, @Nullable Object key, long size) {
    this.file = file;
    this.key = key;
    this.size = size;
    this.promptTimes = HostStamp.hasPromptTimes(file);
  }

  /** Says that a write of ours begins; {@link #endWrite} says that it is over. */
  void beginWrite() {
    begun.incrementAndGet();
  }

  void endWrite() {
    lastEndMillis.accumulateAndGet(System.currentTimeMillis(), Math::max);
    ended.incrementAndGet();
  }

  /** Returns whether a write of ours has begun, ever. */
  boolean hasWritten() {
    return begun.get() > 0;
  }

  /** Says that we have given the file another size, and nobody else has changed it. */
  void resized(long newSize) throws IOException {
    size = newSize;
    begin();
  }

  /** Takes the file as it is now, whoever wrote it: our turn begins. */
  void begin() throws IOException {
    look = null;
    look();
  }

  /**
   * Remembers what the file looks like after our own writes, unless one comes between; and unless
   * another program has changed it, which must not be taken for ours.
   */
  void look() throws IOException {
    long writes = ended.get();
    if (begun.get() == writes) {
      HostStamp now = HostStamp.of(file);
      Look before = look;
      boolean isOurs = before == null || !promptTimes || !isChanged(before, now, writes, false);
      if (now != null && now.isOf(key) && isOurs && begun.get() == writes) {
        look = new Look(now, writes);
      }
    }
  }

  /**
   * Returns whether another program has changed the file since the last look, as far as can be
   * told; false if a write of ours is under way or came since.
   *
   * @param reading whether contents alone count: a reader is not disturbed by a new link or other
   *     permissions
   */
  boolean isChanged(boolean reading) throws IOException {
    Look expected = look;
    long writes = begun.get();
    if (!promptTimes || expected == null || ended.get() != writes) {
      return false;
    }
    return isChanged(expected, HostStamp.of(file), writes, reading) && begun.get() == writes;
  }

  private boolean isChanged(Look expected, @Nullable HostStamp now, long writes, boolean reading) {
    if (now == null || !now.isOf(key)) {
      // Reported when it is forced: what is written is not lost, but has another name or none.
      return false;
    }
    if (now.size() < size) {
      // Whoever reads or writes what is gone is told so.
      return false;
    }
    HostStamp then = expected.stamp();
    // Behind a write of ours the stamp is old, but nothing may be later than that write's end.
    return expected.writes() == writes
        ? !(reading ? now.hasContentsOf(then) : now.equals(then))
        : now.modified().toMillis() > lastEndMillis.get() || now.size() != then.size();
  }
}
