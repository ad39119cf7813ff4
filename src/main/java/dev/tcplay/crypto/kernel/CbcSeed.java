package dev.tcplay.crypto.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * What TrueCrypt's CBC makes of its seed and the number of a unit: an initialization vector, to
 * which the number is added, and eight bytes of whitening, the same for all of a unit, which are
 * checksums of 16 other bytes to which the number is added.
 *
 * <p>Of numbers of one length the CRC-32 of a sum is the sum of their CRC-32s, but for a constant;
 * constants cancel out, as each half of the whitening adds up two checksums. So the number of a
 * unit is added to both halves as one checksum.
 */
final class CbcSeed {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_HALF = 0xffff_ffffL;
  private static final long BOTH_HALVES = 0x1_0000_0001L;

  /**
   * The first and second word of unit 0's vector, of which short blocks need one; its whitening.
   */
  private final long[] words;

  private final CRC32 checksum = new CRC32();
  private final int checksumOfZero;

  private CbcSeed(byte[] seed) {
    words = new long[] {(long) LONG.get(seed, 0), (long) LONG.get(seed, Long.BYTES), 0};
    checksumOfZero = checksum(0);
  }

  /** Returns the seed of data units; the bytes that are checksummed follow the vector's. */
  static CbcSeed ofUnits(byte[] seed, int blockBytes) {
    CbcSeed result = new CbcSeed(seed);
    int low = result.checksum(seed, blockBytes) ^ result.checksum(seed, blockBytes + 12);
    int high = result.checksum(seed, blockBytes + 4) ^ result.checksum(seed, blockBytes + 8);
    result.words[2] = (low & LOW_HALF) | ((long) high << Integer.SIZE);
    return result;
  }

  /**
   * Returns the seed of a header, whose whitening is that of no number: bytes 8 to 15 themselves.
   */
  static CbcSeed ofHeader(byte[] seed) {
    CbcSeed result = new CbcSeed(seed);
    result.words[2] = result.words[1];
    return result;
  }

  private int checksum(byte[] seed, int offset) {
    return checksum((int) INT.get(seed, offset));
  }

  /** Returns the CRC-32 of a number's four bytes, the lowest first. */
  private int checksum(int number) {
    checksum.reset();
    checksum.update(number);
    checksum.update(number >>> 8);
    checksum.update(number >>> 16);
    checksum.update(number >>> 24);
    return (int) checksum.getValue();
  }

  /** Stores the vector of a unit, as many bytes as a block has. */
  void vector(long unit, byte[] target, int offset, int blockBytes) {
    LONG.set(target, offset, words[0] ^ unit);
    if (blockBytes > Long.BYTES) {
      LONG.set(target, offset + Long.BYTES, words[1] ^ unit);
    }
  }

  /** Returns the whitening of a unit as a little-endian number. */
  long whitening(long unit) {
    int both = (int) (unit ^ (unit >>> Integer.SIZE));
    return words[2] ^ ((checksum(both) ^ checksumOfZero) & LOW_HALF) * BOTH_HALVES;
  }

  /** Wipes the seed. */
  void wipe() {
    Arrays.fill(words, 0);
    checksum.reset();
  }
}
