package dev.tcplay.testing;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

/**
 * The bytes of a host at a moment, which go forward and back by sectors. Closing it does nothing,
 * so that it can be mounted again and again.
 */
public final class CrashImage implements BlockDevice {

  public static final int SECTOR = 512;

  private static final class Old {

    private final long position;
    private final byte[] bytes;

    Old(long position, byte[] bytes) {
      this.position = position;
      this.bytes = bytes;
    }
  }

  private final byte[] bytes;
  private final long start;
  private final long end;
  private final Deque<Old> undo = new ArrayDeque<>();
  private final BitSet touched = new BitSet();
  private long changes;

  /** Makes a device of an array that the volume fills. */
  public CrashImage(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /**
   * Makes a device of an array that has a volume in it.
   *
   * @param start where the volume begins, before which nothing may be written
   * @param end where it ends, behind which nothing may be written
   */
  public CrashImage(byte[] bytes, long start, long end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    touched.set(0, bytes.length / SECTOR);
  }

  /** Returns the number of writes that changed something. */
  public long changes() {
    return changes;
  }

  /** Forgets how to go back. */
  public void keep() {
    undo.clear();
  }

  /** Goes back to where {@link #keep} was called last. */
  public void goBack() {
    while (!undo.isEmpty()) {
      Old old = undo.pop();
      System.arraycopy(old.bytes, 0, bytes, (int) old.position, old.bytes.length);
      touch(old.position, old.bytes.length);
    }
  }

  private void touch(long position, int length) {
    touched.set((int) (position / SECTOR), (int) ((position + length - 1) / SECTOR) + 1);
  }

  /** Returns the sectors that may have changed since the last call. */
  public BitSet takeTouched() {
    BitSet result = (BitSet) touched.clone();
    touched.clear();
    return result;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int sectorSize() {
    return SECTOR;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) throws IOException {
    if (position < 0 || position + length > bytes.length) {
      throw new IOException("read of " + length + " at " + position + " beyond the end");
    }
    System.arraycopy(bytes, (int) position, target, offset, length);
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) {
    if (position < start || position + length > end) {
      throw new IllegalArgumentException("write of " + length + " at " + position + ", outside");
    }
    int at = (int) position;
    if (!Arrays.equals(bytes, at, at + length, source, offset, offset + length)) {
      undo.push(new Old(position, Arrays.copyOfRange(bytes, at, at + length)));
      System.arraycopy(source, offset, bytes, at, length);
      touch(position, length);
      changes++;
    }
  }

  @Override
  public void flush() {}

  @Override
  public void discard(long position, long length) {}

  @Override
  public void close() {}
}
