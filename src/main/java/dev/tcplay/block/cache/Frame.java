package dev.tcplay.block.cache;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one page of a cache. A frame changes its page over time; whoever copies from it
 * pins it first and then looks which page it holds, so that a frame is never refilled under a
 * reader. The number itself is that of the pins.
 */
final class Frame extends AtomicInteger {

  private static final long serialVersionUID = 1L;

  /** The page number of a frame that holds none. */
  static final long NO_PAGE = -1;

  private static final int CLAIMED = Integer.MIN_VALUE;

  final byte[] bytes;

  /** Counts the changes of a frame that can be pinned; odd while one is under way. */
  private volatile int version;

  /** The page that the frame holds; while it is not claimed, it only changes to none. */
  volatile long page = NO_PAGE;

  /** The group that a dirty frame waits in, null for a clean one; guarded by the write-back. */
  @Nullable PendingGroup group;

  /** The next one of the frames of its group; guarded by the write-back. */
  @Nullable Frame nextInGroup;

  /** The next one of the frames that hold no page; so giving one back needs no memory. */
  @Nullable Frame nextSpare;

  /** The sectors of a dirty frame that were written, one bit each; guarded by the write-back. */
  long writtenSectors;

  Frame(int pageSize) {
    bytes = new byte[pageSize];
  }

  /** Pins the frame if it holds {@code wanted}; the caller owes an {@link #unpin()}. */
  boolean pin(long wanted) {
    if (page != wanted) {
      return false;
    }
    if (getAndIncrement() >= 0 && page == wanted) {
      return true;
    }
    getAndDecrement();
    return false;
  }

  /** Copies from a pinned frame; never half of a change. */
  void copyTo(int skip, byte[] target, int offset, int length) {
    while (true) {
      int before = version;
      System.arraycopy(bytes, skip, target, offset, length);
      VarHandle.acquireFence();
      if ((before & 1) == 0 && version == before) {
        return;
      }
      Thread.onSpinWait();
    }
  }

  /** Changes the frame under those who have it pinned; callers exclude each other. */
  void change(int skip, byte[] source, int offset, int length) {
    int before = version;
    version = before + 1;
    VarHandle.storeStoreFence();
    try {
      System.arraycopy(source, offset, bytes, skip, length);
    } finally {
      // Even a thread at the end of its stack does not leave the number odd: readers wait for that.
      version = before + 2;
    }
  }

  void unpin() {
    getAndDecrement();
  }

  /** Takes the frame for oneself if nobody has it pinned; it holds no page then. */
  boolean claim() {
    if (!compareAndSet(0, CLAIMED)) {
      return false;
    }
    page = NO_PAGE;
    return true;
  }

  /** Ends the claim; from now on the frame can be pinned for {@code newPage}. */
  void release(long newPage) {
    page = newPage;
    getAndAdd(-CLAIMED);
  }
}
