package dev.tcplay.fs.archive;

import dev.tcplay.block.host.Spool;
import dev.tcplay.fs.CorruptFileSystemException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Contents on their way out of an archive: a stream of which what was needed so far is in a spool.
 * What comes is held to the size and the checksum that the archive has for it: the last bytes are
 * not given out before the checksum was right.
 */
final class Unpacking implements Closeable {

  private static final int STEP = 1 << 14;

  private final String name;
  private final Guarded.Reads reads;
  private final InputStream packed;
  private final long size;
  private final long crc;
  private final Spool spool;
  private final CRC32 sum = new CRC32();
  private final byte[] buffer = new byte[STEP];
  private @Nullable String damage;
  private boolean isComplete;

  Unpacking(
      String name, Guarded.Reads reads, InputStream packed, long size, long crc, Spool spool) {
    this.name = name;
    this.reads = reads;
    this.packed = packed;
    this.size = size;
    this.crc = crc;
    this.spool = spool;
  }

  Spool spool() {
    return spool;
  }

  /**
   * Unpacks so far, if that was not done before.
   *
   * @return how many bytes can be read, less than wanted only where damage begins
   * @throws IOException if the device fails, or there is no room for what is unpacked
   */
  synchronized long advance(long wanted) throws IOException {
    try {
      while (spool.size() < wanted && damage == null && !isComplete) {
        step();
      }
    } catch (IOException e) {
      // What the stream gave last is lost, so nothing can follow.
      damage = "'" + name + "' could not be unpacked further: " + Guarded.reason(e);
      throw e;
    }
    return spool.size();
  }

  private void step() throws IOException {
    int count;
    try {
      count = Guarded.call(reads, "'" + name + "'", () -> packed.read(buffer, 0, STEP));
    } catch (CorruptFileSystemException e) {
      damage = e.getReason();
      return;
    }
    long there = spool.size();
    if (count <= 0) {
      damage = "'" + name + "' ends after " + there + " of its " + size + " bytes";
      return;
    } else if (count > size - there) {
      damage = "'" + name + "' goes on behind its " + size + " bytes";
      return;
    }
    sum.update(buffer, 0, count);
    if (there + count == size) {
      finish();
    }
    if (damage == null) {
      spool.append(buffer, 0, count);
    }
  }

  private void finish() throws IOException {
    try {
      int more = Guarded.call(reads, "'" + name + "'", packed::read);
      if (more >= 0) {
        damage = "'" + name + "' goes on behind its " + size + " bytes";
      }
    } catch (CorruptFileSystemException e) {
      damage = e.getReason();
    }
    if (damage == null && crc >= 0 && sum.getValue() != crc) {
      damage = "'" + name + "' does not have its checksum (CRC-32)";
    }
    isComplete = true;
  }

  /** Returns why it goes no further. */
  synchronized String damage() {
    return damage == null ? "'" + name + "' is cut off" : damage;
  }

  @Override
  public synchronized void close() throws IOException {
    Arrays.fill(buffer, (byte) 0);
    try (spool) {
      packed.close();
    } catch (RuntimeException e) {
      // Nothing is lost with what is only read.
    }
  }
}
