package dev.tcplay.cli;

import java.io.PrintWriter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Says on a terminal how much has been copied, when that takes long. */
final class CopyLine implements AutoCloseable {

  private static final long SECOND = 1_000_000_000;
  private static final long PAUSE = SECOND / 4;
  private static final int BAR = 20;

  private final StatusLine line;
  private final LongSupplier clock;
  private final long start;
  private long next;
  private long total;
  private long done;

  /** Makes a line on a terminal; null means that there is none, and nothing is written. */
  CopyLine(@Nullable PrintWriter screen) {
    this(screen, System::nanoTime);
  }

  /** Makes a line with a clock of its own, which counts nanoseconds. */
  CopyLine(@Nullable PrintWriter screen, LongSupplier clock) {
    this.line = new StatusLine(screen);
    this.clock = clock;
    this.start = clock.getAsLong();
    this.next = start + StatusLine.PATIENCE.toNanos();
  }

  /** Returns whether there is somebody who may look, and it is worth while to find the total. */
  boolean isVisible() {
    return line.isVisible();
  }

  /** Says that more bytes are to be copied; as long as nobody does, no total is shown. */
  void expect(long bytes) {
    total += bytes;
  }

  /** Says that more bytes have been copied. */
  void add(long bytes) {
    reached(done + bytes);
  }

  /** Says how many bytes of all have been copied. */
  void reached(long bytes, long all) {
    total = all;
    reached(bytes);
  }

  /** Says how many bytes have been copied. */
  void reached(long bytes) {
    done = bytes;
    long now = clock.getAsLong();
    if (line.isVisible() && now - next >= 0) {
      next = now + PAUSE;
      line.show(text(now - start));
    }
  }

  private String text(long nanos) {
    String rate = "%.1f MB/s".formatted(done * 1e3 / nanos);
    if (total < done || total == 0) {
      return "%s, %s".formatted(size(done), rate);
    }
    int part = (int) (BAR * ((double) done / total));
    long left = (long) ((double) nanos / Math.max(1, done) * (total - done)) / SECOND + 1;
    return "[%s%s] %s of %s, %s, about %d s to go"
        .formatted("#".repeat(part), "-".repeat(BAR - part), size(done), size(total), rate, left);
  }

  private static String size(long bytes) {
    return bytes < 10_000_000_000L
        ? "%.1f MB".formatted(bytes / 1e6)
        : "%.1f GB".formatted(bytes / 1e9);
  }

  /** Erases the line, until it is shown again. */
  void clear() {
    line.clear();
  }

  @Override
  public void close() {
    line.close();
  }
}
