package dev.tcplay.block;

import static dev.tcplay.crypto.DataUnitCipher.DATA_UNIT;

import dev.tcplay.crypto.DataUnitCipher;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a batch of ciphertext of a batch of plaintext: the same writes in the same groups, made
 * whole data units. What a write leaves of its units is what an earlier write of the batch has put
 * there, or what lies below. For one batch and one thread, which keeps others from those units.
 */
final class BatchEncryption {

  private final BlockDevice lower;
  private final DataUnitCipher cipher;
  private final long firstUnit;

  /** The plaintext of the units that were written so far, by position. */
  private final Map<Long, byte[]> units = new HashMap<>();

  BatchEncryption(BlockDevice lower, DataUnitCipher cipher, long firstUnit) {
    this.lower = lower;
    this.cipher = cipher;
    this.firstUnit = firstUnit;
  }

  /** Returns the ciphertext; the plaintext is spent and wiped. */
  WriteBatch encrypt(WriteBatch plaintext) throws IOException {
    WriteBatch ciphertext = plaintext.successor();
    try {
      for (Map.Entry<WriteBatch.Group, List<WriteBatch.Write>> group :
          plaintext.groups().entrySet()) {
        for (WriteBatch.Write write : group.getValue()) {
          encrypt(group.getKey(), write, ciphertext);
        }
      }
      return ciphertext;
    } finally {
      plaintext.wipe();
      units.values().forEach(unit -> Arrays.fill(unit, (byte) 0));
    }
  }

  private void encrypt(WriteBatch.Group group, WriteBatch.Write write, WriteBatch ciphertext)
      throws IOException {
    long start = write.position() & -DATA_UNIT;
    long end = (write.position() + write.bytes().length + DATA_UNIT - 1) & -DATA_UNIT;
    byte[] whole = new byte[(int) (end - start)];
    boolean isFirst = true;
    try {
      for (long at = start; at < end; at += DATA_UNIT) {
        boolean isPartial =
            at < write.position() || at + DATA_UNIT > write.position() + write.bytes().length;
        byte[] known = units.get(at);
        // What else of the batch goes along with this write must not come early with it.
        isFirst &= known == null;
        if (isPartial) {
          byte[] before = known == null ? read(at) : known;
          System.arraycopy(before, 0, whole, (int) (at - start), DATA_UNIT);
        }
      }
      int skip = (int) (write.position() - start);
      System.arraycopy(write.bytes(), 0, whole, skip, write.bytes().length);
      for (long at = start; at < end; at += DATA_UNIT) {
        int offset = (int) (at - start);
        byte[] unit = units.computeIfAbsent(at, absent -> new byte[DATA_UNIT]);
        System.arraycopy(whole, offset, unit, 0, DATA_UNIT);
      }
      byte[] encrypted = new byte[whole.length];
      cipher.encrypt(firstUnit + start / DATA_UNIT, whole, 0, encrypted, 0, whole.length);
      ciphertext.add(group, start, encrypted, write.mayComeEarlier() && isFirst);
    } finally {
      Arrays.fill(whole, (byte) 0);
    }
  }

  private byte[] read(long position) throws IOException {
    byte[] unit = new byte[DATA_UNIT];
    lower.read(position, unit, 0, DATA_UNIT);
    cipher.decrypt(firstUnit + position / DATA_UNIT, unit, 0, unit, 0, DATA_UNIT);
    units.put(position, unit);
    return unit;
  }
}
