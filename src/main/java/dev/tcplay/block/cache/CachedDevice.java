package dev.tcplay.block.cache;

import dev.tcplay.block.AbstractBlockDevice;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.Registration;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.block.memory.Budget;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of a lower device in memory, within a budget, and delays writes.
 *
 * <p>Reading takes no lock. What is written stays in memory until it is committed: by {@link
 * #flush}, by {@link #close}, once a quarter of the budget is dirty, and in the background after
 * the sync interval. A {@link WriteBatch} is committed in its order; a plain write counts as one of
 * {@link Group#FIRST}. Large transfers pass by without a copy here, in order all the same; so do
 * scattered writes of pages that are not here, while a 32nd of the budget is dirty.
 *
 * <p>When the host fails, what could not be written stays in memory and is tried again by every
 * later commit; {@link #flush} and {@link #close} fail as long as something is not written. If the
 * host fails to force writes that passed by, the next {@link #flush}, and {@link #close}, say so
 * even if the host recovers.
 *
 * <p>When the lower device is resized, all that waits is committed before, also what lies behind
 * the new end; if that fails nothing is resized. Pages at the old end and behind the new one are
 * forgotten. The number of pages that a cache may hold stays what it was.
 */
public final class CachedDevice extends AbstractBlockDevice {

  /** How long a write may stay in memory only, if nothing else is said. */
  public static final Duration DEFAULT_SYNC_INTERVAL = Duration.ofSeconds(1);

  private final BlockDevice lower;
  private final PageCache cache;
  private final @Nullable WriteBack writeBack;
  private final @Nullable Syncer syncer;
  private final Registration following;

  /**
   * Makes the cache, with the {@linkplain #DEFAULT_SYNC_INTERVAL default sync interval}; closing it
   * closes {@code lower}.
   *
   * @param lower the device whose pages are kept
   * @param budgetBytes memory for pages, in bytes; a few pages are kept in any case
   */
  public CachedDevice(BlockDevice lower, long budgetBytes) {
    this(lower, budgetBytes, DEFAULT_SYNC_INTERVAL);
  }

  /**
   * Makes the cache; closing it closes {@code lower}.
   *
   * @param lower the device whose pages are kept
   * @param budgetBytes memory for pages, in bytes; a few pages are kept in any case
   * @param syncInterval how long a write may stay in memory only; zero for as long as it fits
   */
  public CachedDevice(BlockDevice lower, long budgetBytes, Duration syncInterval) {
    super(lower.size(), lower.sectorSize(), lower.isReadOnly());
    this.lower = lower;
    int pageSize = Math.max(Tuning.PAGE, lower.sectorSize());
    long budget = Math.max(0, budgetBytes) / pageSize;
    long dirty =
        isReadOnly() ? 0 : Math.max(Tuning.FEWEST_DIRTY_PAGES, budget / Tuning.DIRTY_SHARE);
    long clean = Math.min(budget - dirty, lower.size() / pageSize + 1);
    cache = new PageCache(lower, pageSize, clean);
    writeBack = isReadOnly() ? null : new WriteBack(lower, cache, dirty);
    following = lower.follow(this::holdForLower);
    // It may have been resized before this followed it.
    cache.adoptSize();
    // Last, so that no thread stays behind where something else fails.
    syncer = startSync(syncInterval);
  }

  private @Nullable Syncer startSync(Duration syncInterval) {
    boolean started = false;
    try {
      Syncer made =
          writeBack == null || syncInterval.isZero()
              ? null
              : new Syncer(writeBack.committer(), syncInterval);
      started = true;
      return made;
    } finally {
      if (!started) {
        following.close();
      }
    }
  }

  /**
   * Returns the memory that a cache takes if nothing else is said, in bytes: a sixteenth of the
   * largest heap up to 32 MiB, from where on it is a 128th; at least 4 MiB.
   */
  public static long defaultBudget() {
    return Budget.bytes();
  }

  @Override
  public long size() {
    return cache.below().size();
  }

  /** Nothing is dirty while the size changes, so that no dirty page can lie behind the end. */
  private Closeable holdForLower() throws IOException {
    Closeable held = holdStill();
    try {
      if (writeBack != null) {
        writeBack.committer().commitThrough(Long.MAX_VALUE);
      }
    } catch (IOException | RuntimeException | Error e) {
      try (held) {
        throw e;
      }
    }
    return () -> {
      try (held) {
        cache.adoptSize();
      }
    };
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    cache.read(position, target, offset, length);
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    writeBack().writeContents(position, source, offset, length);
  }

  @Override
  protected void doSubmit(WriteBatch batch) throws IOException {
    batch.spend();
    try {
      writeBack().submit(batch);
    } finally {
      batch.wipe();
    }
  }

  /**
   * Has something done before each commit in the background; never if the sync interval is zero.
   */
  @Override
  public Registration beforeSync(Runnable action) {
    return syncer == null ? () -> {} : syncer.beforeCommit(action);
  }

  @Override
  protected void doFlush() throws IOException {
    if (writeBack == null) {
      lower.flush();
    } else {
      writeBack.committer().force();
    }
  }

  /** Commits first, so that nothing that the host still refers to is discarded. */
  @Override
  protected void doDiscard(long position, long length) throws IOException {
    writeBack().committer().commitThrough(Long.MAX_VALUE);
    try {
      lower.discard(position, length);
    } finally {
      cache.forget(position, length);
    }
  }

  @Override
  protected void doClose() throws IOException {
    try (lower) {
      if (syncer != null) {
        syncer.stop();
      }
      if (writeBack != null) {
        writeBack.committer().close();
      }
    } finally {
      if (writeBack == null) {
        cache.wipe();
      } else {
        writeBack.committer().wipe();
      }
      // Not before: a resize waits until all is written and the lower device is closed.
      following.close();
    }
  }

  private WriteBack writeBack() {
    if (writeBack == null) {
      throw new IllegalStateException("a write passed the check");
    }
    return writeBack;
  }
}
