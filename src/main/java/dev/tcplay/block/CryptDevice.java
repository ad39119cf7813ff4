package dev.tcplay.block;

import static dev.tcplay.crypto.DataUnitCipher.DATA_UNIT;

import dev.tcplay.crypto.DataUnitCipher;
import java.io.IOException;
import java.util.concurrent.locks.StampedLock;

/**
 * The plaintext of an encrypted device. Whatever passes goes through buffers of the layer's own: a
 * caller's array is only ever read, or written with plaintext.
 *
 * <p>Writes of whole data units run side by side. A write of part of a unit reads, changes and
 * writes it back, alone in a small region of the device.
 */
public final class CryptDevice extends GatedDevice {

  /** A request passes in such pieces: long enough for few calls, short enough for the caches. */
  private static final int BUFFER = 1 << 18;

  private static final int REGIONS = 64;
  private static final int MOST_BUFFERS = 64;

  private final BlockDevice lower;
  private final DataUnitCipher cipher;
  private final Spread spread;
  private final long firstUnit;
  private final BufferPool buffers;
  private final StampedLock[] regions = new StampedLock[REGIONS];

  /**
   * Makes the device, as long as the whole data units of {@code lower}; closing it closes {@code
   * cipher} and {@code lower}.
   *
   * @param lower the ciphertext
   * @param cipher encrypts and decrypts it
   * @param firstUnit the number of the data unit at position 0
   */
  @SuppressWarnings("exports") // Ciphers stay inside; only the volume room makes crypt devices.
  public CryptDevice(BlockDevice lower, DataUnitCipher cipher, long firstUnit) {
    this(lower, cipher, firstUnit, (int) Math.min(MOST_BUFFERS, Budget.bytes() / BUFFER));
  }

  CryptDevice(BlockDevice lower, DataUnitCipher cipher, long firstUnit, int bufferCount) {
    super(lower.size() & -DATA_UNIT, lower.sectorSize(), lower.isReadOnly());
    this.lower = lower;
    this.cipher = cipher;
    this.spread = new Spread(cipher);
    this.firstUnit = firstUnit;
    this.buffers = new BufferPool(BUFFER, bufferCount);
    for (int i = 0; i < REGIONS; i++) {
      regions[i] = new StampedLock();
    }
  }

  @Override
  void doRead(long position, byte[] target, int offset, int length) throws IOException {
    byte[] buffer = buffers.take();
    try {
      int done = 0;
      while (done < length) {
        long at = position + done;
        int skip = (int) (at % DATA_UNIT);
        int n = Math.min(BUFFER - skip, length - done);
        int units = wholeUnits(skip + n);
        lower.read(at - skip, buffer, 0, units);
        decrypt(at - skip, buffer, skip, target, offset + done, n);
        done += n;
      }
    } finally {
      buffers.give(buffer);
    }
  }

  /** Decrypts part of a buffer of whole units, straight into the target where it can. */
  private void decrypt(long start, byte[] buffer, int skip, byte[] target, int offset, int length) {
    long unit = firstUnit + start / DATA_UNIT;
    int end = skip + length;
    int from = wholeUnits(skip);
    int to = end & -DATA_UNIT;
    if (from < to) {
      long first = unit + from / DATA_UNIT;
      spread.decrypt(first, buffer, from, target, offset + from - skip, to - from);
    }
    if (skip < from) {
      cipher.decrypt(unit, buffer, 0, buffer, 0, DATA_UNIT);
      System.arraycopy(buffer, skip, target, offset, Math.min(from, end) - skip);
    }
    if (to < end && to >= from) {
      cipher.decrypt(unit + to / DATA_UNIT, buffer, to, buffer, to, DATA_UNIT);
      System.arraycopy(buffer, to, target, offset + to - skip, end - to);
    }
  }

  @Override
  void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    byte[] buffer = buffers.take();
    try {
      int done = 0;
      while (done < length) {
        long at = position + done;
        // A piece never leaves its region, so that one lock covers it.
        int room = (int) (BUFFER - at % BUFFER);
        int skip = (int) (at % DATA_UNIT);
        int n = Math.min(room, length - done);
        if (skip == 0 && n >= DATA_UNIT) {
          n &= -DATA_UNIT;
          writeUnits(at, buffer, source, offset + done, n);
        } else {
          n = Math.min(DATA_UNIT - skip, n);
          writePart(at - skip, buffer, skip, source, offset + done, n);
        }
        done += n;
      }
    } finally {
      buffers.give(buffer);
    }
  }

  private void writeUnits(long at, byte[] buffer, byte[] source, int offset, int length)
      throws IOException {
    StampedLock region = region(at);
    long stamp = region.readLock();
    try {
      long first = firstUnit + at / DATA_UNIT;
      spread.encrypt(first, source, offset, buffer, 0, length);
      lower.write(at, buffer, 0, length);
    } finally {
      region.unlockRead(stamp);
    }
  }

  private void writePart(long at, byte[] buffer, int skip, byte[] source, int offset, int length)
      throws IOException {
    long unit = firstUnit + at / DATA_UNIT;
    StampedLock region = region(at);
    long stamp = region.writeLock();
    try {
      lower.read(at, buffer, 0, DATA_UNIT);
      cipher.decrypt(unit, buffer, 0, buffer, 0, DATA_UNIT);
      System.arraycopy(source, offset, buffer, skip, length);
      cipher.encrypt(unit, buffer, 0, buffer, 0, DATA_UNIT);
      lower.write(at, buffer, 0, DATA_UNIT);
    } finally {
      region.unlockWrite(stamp);
    }
  }

  private StampedLock region(long position) {
    return regions[(int) (position / BUFFER % REGIONS)];
  }

  private static int wholeUnits(int bytes) {
    return (bytes + DATA_UNIT - 1) & -DATA_UNIT;
  }

  @Override
  public void beforeSync(Runnable action) {
    lower.beforeSync(action);
  }

  @Override
  void doFlush() throws IOException {
    lower.flush();
  }

  @Override
  void doDiscard(long position, long length) throws IOException {
    lower.discard(position, length);
  }

  @Override
  void doClose() throws IOException {
    try {
      lower.close();
    } finally {
      cipher.close();
      buffers.wipe();
    }
  }
}
