package dev.tcplay.block.cache;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.memory.BufferPool;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a device that are in memory, and how they get there: sets of frames, chosen by the
 * hash of the page number. Reading takes no lock.
 *
 * <p>A request that goes on where an earlier one ended is read ahead, in the caller's own thread,
 * by a window that grows; what is too large for a window passes by.
 */
final class PageCache {

  final int pageSize;
  private final Below below;
  private final PageSet[] sets;
  private final Frames frames;
  private final BufferPool windows;

  /** The pages where the next windows begin. */
  private final Streams streams = new Streams();

  /** Per stream the length of its next window in pages. */
  private final AtomicLongArray ahead = new AtomicLongArray(Streams.COUNT);

  PageCache(BlockDevice lower, int pageSize, long pages) {
    below = new Below(lower);
    this.pageSize = pageSize;
    sets = new PageSet[(int) Math.max(1, Math.min(pages / Tuning.WAYS, Tuning.MOST_SETS))];
    for (int i = 0; i < sets.length; i++) {
      sets[i] = new PageSet();
    }
    frames = new Frames(pageSize);
    windows = new BufferPool(Math.max(Tuning.WINDOW, pageSize), BufferPool.MINIMUM);
  }

  PageSet set(long page) {
    long mixed = page * 0x9E3779B97F4A7C15L;
    return sets[(int) (((mixed >>> 32) * sets.length) >>> 32)];
  }

  Frames frames() {
    return frames;
  }

  Below below() {
    return below;
  }

  /** Returns the bytes of a page that lie inside the device. */
  int pageLength(long page) {
    return (int) Math.min(pageSize, below.size() - page * pageSize);
  }

  void read(long position, byte[] target, int offset, int length) throws IOException {
    int missing = 0;
    for (int done = 0; done < length; ) {
      long at = position + done;
      int skip = (int) (at % pageSize);
      int n = Math.min(pageSize - skip, length - done);
      if (readHit(at / pageSize, skip, target, offset + done, n)) {
        readMissing(at - missing, target, offset + done - missing, missing);
        missing = 0;
      } else {
        missing += n;
      }
      done += n;
    }
    readMissing(position + length - missing, target, offset + length - missing, missing);
  }

  private boolean readHit(long page, int skip, byte[] target, int offset, int length) {
    Frame frame = set(page).pin(page);
    if (frame == null) {
      return false;
    }
    try {
      frame.copyTo(skip, target, offset, length);
    } finally {
      frame.unpin();
    }
    return true;
  }

  /** Reads a run of pages that are not in memory. */
  private void readMissing(long position, byte[] target, int offset, int length)
      throws IOException {
    if (length >= Tuning.BYPASS) {
      below.read(position, target, offset, length);
    } else if (length > 0) {
      long first = position / pageSize;
      int skip = (int) (position % pageSize);
      int wanted = (skip + length + pageSize - 1) / pageSize;
      int pages = windowFor(first, wanted);
      try {
        if (pages == 1) {
          readPage(first, skip, target, offset, length);
        } else {
          readWindow(first, pages, skip, target, offset, length);
        }
      } catch (ClosedChannelException e) {
        throw e;
      } catch (IOException e) {
        // The fault may be of what nobody asked for.
        below.read(position, target, offset, length);
      }
    }
  }

  /** Returns how many pages to read at once when {@code wanted} are missing. */
  private int windowFor(long first, int wanted) {
    int stream = streams.at(first);
    long pages = wanted;
    if (stream >= 0) {
      long inDevice = (below.size() - 1) / pageSize + 1 - first;
      long most = Math.min(inDevice, Tuning.WINDOW / pageSize);
      pages = Math.max(wanted, Math.min(ahead.get(stream), most));
      ahead.set(stream, pages * 2);
    } else {
      stream = streams.begin(first);
      ahead.set(stream, Tuning.FIRST_AHEAD);
    }
    streams.advance(stream, first + pages);
    return (int) pages;
  }

  private void readPage(long page, int skip, byte[] target, int offset, int length)
      throws IOException {
    Frame frame = frames.take();
    int changes;
    boolean loaded = false;
    try {
      changes = load(page, frame);
      System.arraycopy(frame.bytes, skip, target, offset, length);
      loaded = true;
    } finally {
      if (!loaded) {
        frames.give(frame);
      }
    }
    // Whose the frame is if this fails nobody knows: it is lost then, but never used twice.
    frames.give(set(page).admit(page, frame, changes, false));
  }

  /**
   * Reads a page from below into a claimed frame.
   *
   * @return the number of the page's set to admit it by
   */
  int load(long page, Frame frame) throws IOException {
    int changes = set(page).changes();
    below.read(page * pageSize, frame.bytes, 0, pageLength(page));
    return changes;
  }

  /** As {@link #load}, from memory if the page is there. */
  int copyOrLoad(long page, Frame frame) throws IOException {
    int changes = set(page).changes();
    Frame held = set(page).pin(page);
    if (held == null) {
      return load(page, frame);
    }
    try {
      held.copyTo(0, frame.bytes, 0, frame.bytes.length);
    } finally {
      held.unpin();
    }
    return changes;
  }

  private void readWindow(long first, int pages, int skip, byte[] target, int offset, int length)
      throws IOException {
    int[] changes = new int[pages];
    for (int i = 0; i < pages; i++) {
      changes[i] = set(first + i).changes();
    }
    byte[] window = windows.take();
    try {
      int bytes = (pages - 1) * pageSize + pageLength(first + pages - 1);
      below.read(first * pageSize, window, 0, bytes);
      System.arraycopy(window, skip, target, offset, length);
      for (int i = 0; i < pages; i++) {
        boolean unasked = i * pageSize >= skip + length;
        admit(first + i, window, i * pageSize, changes[i], unasked);
      }
    } finally {
      windows.give(window);
    }
  }

  private void admit(long page, byte[] source, int offset, int changes, boolean unasked) {
    Frame frame = frames.take();
    System.arraycopy(source, offset, frame.bytes, 0, pageLength(page));
    frames.give(set(page).admit(page, frame, changes, unasked));
  }

  /** Forgets the clean pages that a range touches. */
  void forget(long position, long length) {
    long first = position / pageSize;
    long end = (position + length - 1) / pageSize + 1;
    if (end - first > sets.length) {
      for (PageSet set : sets) {
        set.forgetBetween(first, end);
      }
    } else {
      for (long page = first; page < end; page++) {
        set(page).forget(page);
      }
    }
  }

  /** Adopts the size of the device below; nobody reads or writes, and no page is dirty. */
  void adoptSize() {
    long before = below.size();
    below.adoptSize();
    long now = below.size();
    if (now != before) {
      // The page at the old end holds less than it may hold now.
      forget(Math.min(before, now), Math.abs(now - before));
    }
  }

  /** Returns the dirty frame of a page, null if the page is clean. */
  @Nullable Frame dirty(long page) {
    return set(page).dirty(page);
  }

  void wipe() {
    frames.wipe();
    windows.wipe();
  }
}
