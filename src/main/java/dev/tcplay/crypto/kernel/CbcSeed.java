package dev.tcplay.crypto.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What TrueCrypt's CBC makes of its seed and the number of a unit: an initialization vector, to
 * which the number is added, and eight bytes of whitening, the same for all of a unit, which are
 * CRC-32s of 16 other bytes to which the number is added.
 *
 * <p>Each half of the whitening is the sum of the CRC-32s of two words of four bytes. Of words of
 * one length the sum of their CRC-32s is the remainder of their sum, as what CRC-32 adds at its
 * beginning and at its end cancels out. So whitening is a remainder of the seed's words plus one of
 * the unit's number, the same for both halves.
 */
final class CbcSeed implements CbcVectors {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int POLYNOMIAL = 0xedb88320;
  private static final long LOW_HALF = 0xffff_ffffL;
  private static final long BOTH_HALVES = 0x1_0000_0001L;

  /** Remainders of single bytes. */
  private static final int[] REMAINDERS = new int[256];

  static {
    for (int i = 0; i < REMAINDERS.length; i++) {
      int remainder = i;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        remainder = (remainder >>> 1) ^ (-(remainder & 1) & POLYNOMIAL);
      }
      REMAINDERS[i] = remainder;
    }
  }

  /**
   * The first and second word of unit 0's vector, of which short blocks need one; its whitening.
   */
  private final long[] words;

  private CbcSeed(long first, long second, long whitening) {
    words = new long[] {first, second, whitening};
  }

  /** Returns the seed of data units; the words of the whitening follow the vector. */
  static CbcSeed ofUnits(byte[] seed, int blockBytes) {
    int low = (int) INT.get(seed, blockBytes) ^ (int) INT.get(seed, blockBytes + 12);
    int high = (int) INT.get(seed, blockBytes + 4) ^ (int) INT.get(seed, blockBytes + 8);
    long whitening = (remainder(low) & LOW_HALF) | ((long) remainder(high) << Integer.SIZE);
    return new CbcSeed((long) LONG.get(seed, 0), (long) LONG.get(seed, Long.BYTES), whitening);
  }

  /** Returns the seed of a header, whose whitening are bytes 8 to 15 as they are. */
  static CbcSeed ofHeader(byte[] seed) {
    long second = (long) LONG.get(seed, Long.BYTES);
    return new CbcSeed((long) LONG.get(seed, 0), second, second);
  }

  /** Returns the remainder of a word of four bytes, the lowest first. */
  private static int remainder(int word) {
    int remainder = word;
    for (int i = 0; i < Integer.BYTES; i++) {
      remainder = REMAINDERS[remainder & 0xff] ^ (remainder >>> Byte.SIZE);
    }
    return remainder;
  }

  @Override
  public void vector(long unit, byte[] target, int offset, int blockBytes) {
    LONG.set(target, offset, words[0] ^ unit);
    if (blockBytes > Long.BYTES) {
      LONG.set(target, offset + Long.BYTES, words[1] ^ unit);
    }
  }

  @Override
  public long whitening(long unit) {
    int both = (int) (unit ^ (unit >>> Integer.SIZE));
    return words[2] ^ (remainder(both) & LOW_HALF) * BOTH_HALVES;
  }

  @Override
  public void wipe() {
    Arrays.fill(words, 0);
  }
}
