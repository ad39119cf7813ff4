package dev.tcplay.block.cache;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes the dirty frames of a group, neighbouring sectors in one request, and only sectors that
 * were written. Used by one thread at a time.
 */
final class GroupWriter {

  private final BlockDevice lower;
  private final PageCache cache;
  private final int sectorSize;
  private final byte[] run;
  private int runLength;
  private long runStart;

  private final DirectWrites direct;
  private @Nullable Throwable loss;
  private final AtomicReference<@Nullable Throwable> unreportedLoss = new AtomicReference<>();

  GroupWriter(BlockDevice lower, PageCache cache, DirectWrites direct) {
    this.direct = direct;
    this.lower = lower;
    this.cache = cache;
    this.sectorSize = lower.sectorSize();
    this.run = new byte[Math.max(Tuning.RUN, cache.pageSize)];
  }

  /**
   * Writes and forces a sealed group. When it fails, the frames stay what they are, and writing the
   * group again writes all of them again.
   *
   * @return whether there was anything to write or to force
   */
  boolean write(PendingGroup group) throws IOException {
    if (group.isEmpty() && !group.hasDirectWrites) {
      return false;
    }
    List<Frame> frames = group.frames();
    frames.sort(Comparator.comparingLong(frame -> frame.page));
    runLength = 0;
    for (Frame frame : frames) {
      append(frame);
    }
    writeRun();
    force();
    return true;
  }

  /** Forces all that the host has. */
  void force() throws IOException {
    long ended = direct.ended();
    try {
      lower.flush();
      direct.forced(ended);
    } catch (IOException | RuntimeException | Error e) {
      if (direct.isAnyUnforced()) {
        // The host may have dropped what it took, and there is no copy here to write again.
        loss = e;
        unreportedLoss.set(e);
      }
      throw e;
    }
  }

  private void append(Frame frame) throws IOException {
    long start = frame.page * cache.pageSize;
    int length = cache.pageLength(frame.page);
    for (int skip = 0; skip < length; skip += sectorSize) {
      if (((frame.writtenSectors >>> (skip / sectorSize)) & 1) != 0) {
        append(start + skip, frame.bytes, skip, Math.min(sectorSize, length - skip));
      }
    }
  }

  private void append(long position, byte[] source, int offset, int length) throws IOException {
    boolean goesOn = runStart + runLength == position;
    if (!goesOn
        || Below.inRegion(runStart, runLength + length) < runLength + length
        || runLength + length > run.length) {
      writeRun();
      runStart = position;
    }
    System.arraycopy(source, offset, run, runLength, length);
    runLength += length;
  }

  private void writeRun() throws IOException {
    if (runLength > 0) {
      int length = runLength;
      runLength = 0;
      cache.below().write(runStart, run, 0, length);
    }
  }

  /** Fails once after bytes that went past the cache may have been lost. */
  void reportLoss() throws IOException {
    Throwable failure = unreportedLoss.getAndSet(null);
    if (failure != null) {
      throw new IOException("the host failed to force what was written", failure);
    }
  }

  /** Fails if bytes that went past the cache may ever have been lost. */
  void reportAnyLoss() throws IOException {
    if (loss != null) {
      throw new IOException("the host failed to force what was written", loss);
    }
  }

  void wipe() {
    Arrays.fill(run, (byte) 0);
  }
}
