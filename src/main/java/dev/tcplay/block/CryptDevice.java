package dev.tcplay.block;

import static dev.tcplay.crypto.DataUnitCipher.DATA_UNIT;

import dev.tcplay.block.memory.Budget;
import dev.tcplay.block.memory.BufferPool;
import dev.tcplay.crypto.DataUnitCipher;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.StampedLock;

/**
 * The plaintext of an encrypted device. Whatever passes goes through buffers of the layer's own: a
 * caller's array is only ever read, or written with plaintext.
 *
 * <p>Writes of whole data units run side by side. A write of part of a unit reads, changes and
 * writes it back, alone in a small region of the device.
 */
public final class CryptDevice extends ForwardingDevice {

  private final DataUnitCipher cipher;
  private final Companions companions = new Companions();
  private final long firstUnit;
  private final BufferPool buffers;
  private final StampedLock[] regions = new StampedLock[Tuning.CRYPT_REGIONS];

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
    this(
        lower,
        cipher,
        firstUnit,
        (int) Math.min(Tuning.MOST_BUFFERS, Budget.bytes() / Tuning.BUFFER));
  }

  /**
   * Makes a device for stacks: its buffers are its own, so that none waits for another's; two, or
   * as many as 0.2 % of the largest heap hold. Otherwise like the constructor.
   */
  @SuppressWarnings("exports") // As before.
  public static CryptDevice stacked(BlockDevice lower, DataUnitCipher cipher, long firstUnit) {
    return stacked(lower, cipher, firstUnit, Budget.stackedBytes());
  }

  static CryptDevice stacked(BlockDevice lower, DataUnitCipher cipher, long unit, long bytes) {
    BufferPool buffers =
        BufferPool.within(bytes, Tuning.MOST_BUFFERS, Tuning.BUFFER, Tuning.SHARED);
    return new CryptDevice(lower, cipher, unit, buffers);
  }

  CryptDevice(BlockDevice lower, DataUnitCipher cipher, long firstUnit, int bufferCount) {
    this(lower, cipher, firstUnit, new BufferPool(Tuning.BUFFER, bufferCount));
  }

  private CryptDevice(
      BlockDevice lower, DataUnitCipher cipher, long firstUnit, BufferPool buffers) {
    super(lower);
    this.cipher = cipher;
    this.firstUnit = firstUnit;
    this.buffers = buffers;
    Arrays.setAll(regions, index -> new StampedLock());
  }

  @Override
  public long size() {
    return lower().size() & -DATA_UNIT;
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    byte[] buffer = buffers.take();
    try {
      read(position, buffer, target, offset, length);
    } finally {
      buffers.give(buffer);
    }
  }

  private void read(long position, byte[] buffer, byte[] target, int offset, int length)
      throws IOException {
    int head = (int) (-position & (DATA_UNIT - 1));
    int tail = (int) ((position + length) & (DATA_UNIT - 1));
    if (head == 0 && tail == 0) {
      share(
          length,
          false,
          (begin, n, place) -> {
            lower().read(position + begin, buffer, place, n);
            cipher.decrypt(unit(position + begin), buffer, place, target, offset + begin, n);
          });
    } else if (length <= Tuning.SHARED - 2 * DATA_UNIT) { // its units fit into any buffer
      readParts(position, buffer, target, offset, length);
    } else {
      int middle = length - head - tail;
      if (head > 0) {
        readParts(position, buffer, target, offset, head);
      }
      read(position + head, buffer, target, offset + head, middle);
      if (tail > 0) {
        readParts(position + head + middle, buffer, target, offset + head + middle, tail);
      }
    }
  }

  /** Reads what begins or ends inside of a data unit, and fits into the buffer. */
  private void readParts(long position, byte[] buffer, byte[] target, int offset, int length)
      throws IOException {
    int skip = (int) (position % DATA_UNIT);
    int units = (skip + length + DATA_UNIT - 1) & -DATA_UNIT;
    lower().read(position - skip, buffer, 0, units);
    cipher.decrypt(unit(position), buffer, 0, buffer, 0, units);
    System.arraycopy(buffer, skip, target, offset, length);
    Arrays.fill(buffer, 0, units, (byte) 0);
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    byte[] buffer = buffers.take();
    try {
      int done = 0;
      while (done < length) {
        long at = position + done;
        int skip = (int) (at % DATA_UNIT);
        int n = length - done;
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

  private void writeUnits(long position, byte[] buffer, byte[] source, int offset, int length)
      throws IOException {
    share(
        length,
        true,
        (begin, n, place) -> {
          cipher.encrypt(unit(position + begin), source, offset + begin, buffer, place, n);
          writeCiphertext(position + begin, buffer, place, n);
        });
  }

  /** Writes whole units, region after region, so that one lock covers what is written. */
  private void writeCiphertext(long position, byte[] buffer, int offset, int length)
      throws IOException {
    int n;
    for (int done = 0; done < length; done += n) {
      long at = position + done;
      n = (int) Math.min(Tuning.CRYPT_REGION - at % Tuning.CRYPT_REGION, length - done);
      StampedLock region = region(at);
      long stamp = region.readLock();
      try {
        lower().write(at, buffer, offset + done, n);
      } finally {
        region.unlockRead(stamp);
      }
    }
  }

  /** Does a request at once if it is short, otherwise in pieces, by whoever has time. */
  private void share(int length, boolean inTurns, SharedRequest.Work work) throws IOException {
    if (length < Tuning.SHARED) {
      work.run(0, length, 0);
    } else {
      companions.run(length, buffers.bufferSize(), inTurns, work);
    }
  }

  private void writePart(long at, byte[] buffer, int skip, byte[] source, int offset, int length)
      throws IOException {
    long unit = unit(at);
    StampedLock region = region(at);
    long stamp = region.writeLock();
    try {
      lower().read(at, buffer, 0, DATA_UNIT);
      cipher.decrypt(unit, buffer, 0, buffer, 0, DATA_UNIT);
      System.arraycopy(source, offset, buffer, skip, length);
      cipher.encrypt(unit, buffer, 0, buffer, 0, DATA_UNIT);
      lower().write(at, buffer, 0, DATA_UNIT);
    } finally {
      region.unlockWrite(stamp);
    }
  }

  /** Hands the batch down as one, so that a cache below commits it in its order. */
  @Override
  protected void doSubmit(WriteBatch batch) throws IOException {
    BitSet touched = new BitSet(Tuning.CRYPT_REGIONS);
    for (List<WriteBatch.Write> group : batch.groups().values()) {
      for (WriteBatch.Write write : group) {
        long last = (write.position() + write.bytes().length - 1) / Tuning.CRYPT_REGION;
        for (long region = write.position() / Tuning.CRYPT_REGION; region <= last; region++) {
          touched.set((int) (region % Tuning.CRYPT_REGIONS));
        }
      }
    }
    submitAlone(touched, 0, batch);
  }

  /** Takes the regions from an index on, always in this order, and hands the batch down. */
  private void submitAlone(BitSet touched, int from, WriteBatch batch) throws IOException {
    int index = touched.nextSetBit(from);
    if (index < 0) {
      lower().submit(new BatchEncryption(lower(), cipher, firstUnit).encrypt(batch));
      return;
    }
    long stamp = regions[index].writeLock();
    try {
      submitAlone(touched, index + 1, batch);
    } finally {
      regions[index].unlockWrite(stamp);
    }
  }

  private StampedLock region(long position) {
    return regions[(int) (position / Tuning.CRYPT_REGION % Tuning.CRYPT_REGIONS)];
  }

  private long unit(long position) {
    return firstUnit + position / DATA_UNIT;
  }

  @Override
  protected void doClose() throws IOException {
    try {
      lower().close();
    } finally {
      cipher.close();
      buffers.wipe();
    }
  }
}
