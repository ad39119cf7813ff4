package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A log of writes on a device, in the format of Linux's {@code log-writes}: a first sector with the
 * number of entries, and for each of them a sector that says what was done, and the data. Numbers
 * are little-endian.
 */
final class WriteLog {

  private static final long MAGIC = 0x6a_736677736872L;
  private static final long VERSION = 1;
  private static final long FLUSH = 1;
  private static final long DISCARD = 4;
  private static final long MARK = 8;
  private static final int HEAD_BYTES = 32;
  private static final byte[] LAST_MARK = "dm-log-writes-end".getBytes(StandardCharsets.US_ASCII);

  /**
   * How far the log has come.
   *
   * @param next the sector of the next entry
   */
  private record Progress(long entries, long next) {}

  private final BlockDevice log;
  private volatile Progress progress = new Progress(0, 1);

  /** Takes a device over, whose contents are overwritten from the first request on. */
  WriteLog(BlockDevice log) {
    this.log = log;
  }

  /** Waits for nobody who writes. */
  String status() {
    Progress now = progress;
    return now.entries() + " " + (now.next() - 1);
  }

  /** Logs whole sectors. */
  synchronized void write(long position, byte[] data) throws IOException {
    append(position, data.length, 0, new byte[0], data);
  }

  synchronized void discard(long position, long length) throws IOException {
    append(position, length, DISCARD, new byte[0], new byte[0]);
  }

  /** Logs a flush, and flushes the log. */
  synchronized void flush() throws IOException {
    append(0, 0, FLUSH, new byte[0], new byte[0]);
    log.flush();
  }

  synchronized void mark(byte[] text) throws IOException {
    if (text.length > TargetType.SECTOR - HEAD_BYTES) {
      throw new IOException("log-writes: mark is longer than 480 bytes: " + text.length);
    }
    append(0, 0, MARK, text, new byte[0]);
  }

  private void append(long position, long length, long flags, byte[] text, byte[] data)
      throws IOException {
    if (log.isReadOnly()) {
      throw new IOException("log-writes: the log can only be read");
    }
    Progress before = progress;
    long at = before.next() * TargetType.SECTOR;
    if (TargetType.SECTOR + data.length > log.size() - at) {
      throw new IOException(
          "log-writes: no room left in the log behind sector " + (before.next() - 1));
    }
    byte[] entry = new byte[TargetType.SECTOR];
    ByteBuffer head = over(entry);
    head.putLong(position / TargetType.SECTOR).putLong(length / TargetType.SECTOR);
    head.putLong(flags).putLong(text.length).put(text);
    log.write(at, entry, 0, TargetType.SECTOR);
    log.write(at + TargetType.SECTOR, data, 0, data.length);
    byte[] sector = new byte[TargetType.SECTOR];
    ByteBuffer first = over(sector);
    first.putLong(MAGIC).putLong(VERSION).putLong(before.entries() + 1).putInt(TargetType.SECTOR);
    log.write(0, sector, 0, TargetType.SECTOR);
    long next = before.next() + 1 + data.length / TargetType.SECTOR;
    progress = new Progress(before.entries() + 1, next);
  }

  private static ByteBuffer over(byte[] sector) {
    return ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Leaves a last mark, as Linux does, and closes the device. Where nothing was logged the device
   * is left alone: the table may never have been at work, and the log may be another one's.
   */
  synchronized void close() throws IOException {
    try (log) {
      if (progress.entries() > 0) {
        mark(LAST_MARK);
      }
    }
  }
}
