package dev.tcplay.crypto.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The memory of one Argon2id lane: blocks of 1 KiB, filled pass by pass (RFC 9106, sections 3.2 to
 * 3.6).
 *
 * <p>No other order of statements is on record as tried. To check a new JDK: {@code tcplay
 * benchmark}, whose Argon2id line has no other to be compared with but its own on the JDK before.
 */
public final class Argon2Memory implements AutoCloseable {

  /** Bytes in a block. */
  public static final int BLOCK_BYTES = 1024;

  private static final int WORDS = BLOCK_BYTES / Long.BYTES;
  private static final int SLICES = 4;
  private static final int TYPE_ID = 2;
  private static final int BLOCKS_PER_CHECK = 1024;

  /** 64 KiB a chunk: small enough for any collector to place without waste. */
  private static final int CHUNK_BLOCKS = 64;

  private final int blocks;
  private final long[][] chunks;
  private final long[] mixed = new long[WORDS];
  private final long[] work = new long[WORDS];
  private final long[] addresses = new long[WORDS];

  /** Allocates the blocks, which takes {@code memoryKiB} KiB of the heap. */
  public Argon2Memory(int memoryKiB) {
    blocks = memoryKiB / SLICES * SLICES;
    chunks = new long[(blocks + CHUNK_BLOCKS - 1) / CHUNK_BLOCKS][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = new long[Math.min(CHUNK_BLOCKS, blocks - i * CHUNK_BLOCKS) * WORDS];
    }
  }

  /** Sets a block, one of the first two, from its bytes. */
  public void load(int block, byte[] bytes) {
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .get(chunk(block), offset(block), WORDS);
  }

  /** Returns the bytes of the last block. */
  public byte[] last() {
    byte[] bytes = new byte[BLOCK_BYTES];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .put(chunk(blocks - 1), offset(blocks - 1), WORDS);
    return bytes;
  }

  /**
   * Fills all blocks, so many times.
   *
   * @throws InterruptedException if the thread is interrupted; its flag is then clear
   */
  public void fill(int passes) throws InterruptedException {
    for (int pass = 0; pass < passes; pass++) {
      for (int slice = 0; slice < SLICES; slice++) {
        fillSegment(pass, slice, passes);
      }
    }
  }

  private void fillSegment(int pass, int slice, int passes) throws InterruptedException {
    int segment = blocks / SLICES;
    boolean independent = pass == 0 && slice < SLICES / 2;
    for (int i = 0; i < segment; i++) {
      if (i % BLOCKS_PER_CHECK == 0) {
        if (Thread.interrupted()) {
          throw new InterruptedException("key derivation interrupted");
        }
      }
      if (independent && i % WORDS == 0) {
        nextAddresses(pass, slice, passes, i / WORDS + 1);
      }
      if (pass == 0 && slice == 0 && i < 2) {
        continue; // both come from the password
      }
      int current = slice * segment + i;
      int previous = current == 0 ? blocks - 1 : current - 1;
      long random = independent ? addresses[i % WORDS] : chunk(previous)[offset(previous)];
      int reference = reference(pass, slice, segment, i, random);
      compress(previous, reference, current, pass > 0);
    }
  }

  /** Fills the next 128 pseudo-random words that do not depend on the password. */
  private void nextAddresses(int pass, int slice, int passes, int counter) {
    Arrays.fill(mixed, 0);
    mixed[0] = pass;
    mixed[2] = slice;
    mixed[3] = blocks;
    mixed[4] = passes;
    mixed[5] = TYPE_ID;
    mixed[6] = counter;
    for (int round = 0; round < 2; round++) {
      System.arraycopy(mixed, 0, addresses, 0, WORDS);
      permute(addresses);
      for (int i = 0; i < WORDS; i++) {
        addresses[i] ^= mixed[i];
      }
      System.arraycopy(addresses, 0, mixed, 0, WORDS);
    }
  }

  /** Maps a random word to one of the blocks that may be referred to; near ones are likelier. */
  private int reference(int pass, int slice, int segment, int index, long random) {
    long area = (pass == 0 ? slice * segment : blocks - segment) + index - 1L;
    long x = ((random & 0xffffffffL) * (random & 0xffffffffL)) >>> 32;
    long relative = area - 1 - ((area * x) >>> 32);
    long start = pass == 0 || slice == SLICES - 1 ? 0 : (slice + 1L) * segment;
    return (int) ((start + relative) % blocks);
  }

  /** G of the RFC over two blocks; from the second pass on the result is added to the old block. */
  private void compress(int previous, int reference, int current, boolean add) {
    System.arraycopy(chunk(previous), offset(previous), mixed, 0, WORDS);
    System.arraycopy(chunk(reference), offset(reference), work, 0, WORDS);
    xor(mixed, work);
    System.arraycopy(mixed, 0, work, 0, WORDS);
    permute(work);
    xor(work, mixed);
    if (add) {
      System.arraycopy(chunk(current), offset(current), mixed, 0, WORDS);
      xor(work, mixed);
    }
    System.arraycopy(work, 0, chunk(current), offset(current), WORDS);
  }

  private static void xor(long[] target, long[] other) {
    for (int i = 0; i < WORDS; i++) {
      target[i] ^= other[i];
    }
  }

  /** P of the RFC over the 8 rows of 16 words, then over the 8 columns of 8 pairs. */
  private static void permute(long[] z) {
    for (int row = 0; row < 8; row++) {
      round(z, 16 * row, 2);
    }
    for (int column = 0; column < 8; column++) {
      round(z, 2 * column, 16);
    }
  }

  /** BLAKE2b's round with multiplications, over 8 pairs of words that lie {@code step} apart. */
  private static void round(long[] z, int first, int step) {
    long v0 = z[first];
    long v1 = z[first + 1];
    long v2 = z[first + step];
    long v3 = z[first + step + 1];
    long v4 = z[first + 2 * step];
    long v5 = z[first + 2 * step + 1];
    long v6 = z[first + 3 * step];
    long v7 = z[first + 3 * step + 1];
    long v8 = z[first + 4 * step];
    long v9 = z[first + 4 * step + 1];
    long v10 = z[first + 5 * step];
    long v11 = z[first + 5 * step + 1];
    long v12 = z[first + 6 * step];
    long v13 = z[first + 6 * step + 1];
    long v14 = z[first + 7 * step];
    long v15 = z[first + 7 * step + 1];
    v0 = mulAdd(v0, v4);
    v12 = Long.rotateRight(v12 ^ v0, 32);
    v8 = mulAdd(v8, v12);
    v4 = Long.rotateRight(v4 ^ v8, 24);
    v0 = mulAdd(v0, v4);
    v12 = Long.rotateRight(v12 ^ v0, 16);
    v8 = mulAdd(v8, v12);
    v4 = Long.rotateRight(v4 ^ v8, 63);
    v1 = mulAdd(v1, v5);
    v13 = Long.rotateRight(v13 ^ v1, 32);
    v9 = mulAdd(v9, v13);
    v5 = Long.rotateRight(v5 ^ v9, 24);
    v1 = mulAdd(v1, v5);
    v13 = Long.rotateRight(v13 ^ v1, 16);
    v9 = mulAdd(v9, v13);
    v5 = Long.rotateRight(v5 ^ v9, 63);
    v2 = mulAdd(v2, v6);
    v14 = Long.rotateRight(v14 ^ v2, 32);
    v10 = mulAdd(v10, v14);
    v6 = Long.rotateRight(v6 ^ v10, 24);
    v2 = mulAdd(v2, v6);
    v14 = Long.rotateRight(v14 ^ v2, 16);
    v10 = mulAdd(v10, v14);
    v6 = Long.rotateRight(v6 ^ v10, 63);
    v3 = mulAdd(v3, v7);
    v15 = Long.rotateRight(v15 ^ v3, 32);
    v11 = mulAdd(v11, v15);
    v7 = Long.rotateRight(v7 ^ v11, 24);
    v3 = mulAdd(v3, v7);
    v15 = Long.rotateRight(v15 ^ v3, 16);
    v11 = mulAdd(v11, v15);
    v7 = Long.rotateRight(v7 ^ v11, 63);
    v0 = mulAdd(v0, v5);
    v15 = Long.rotateRight(v15 ^ v0, 32);
    v10 = mulAdd(v10, v15);
    v5 = Long.rotateRight(v5 ^ v10, 24);
    v0 = mulAdd(v0, v5);
    v15 = Long.rotateRight(v15 ^ v0, 16);
    v10 = mulAdd(v10, v15);
    v5 = Long.rotateRight(v5 ^ v10, 63);
    v1 = mulAdd(v1, v6);
    v12 = Long.rotateRight(v12 ^ v1, 32);
    v11 = mulAdd(v11, v12);
    v6 = Long.rotateRight(v6 ^ v11, 24);
    v1 = mulAdd(v1, v6);
    v12 = Long.rotateRight(v12 ^ v1, 16);
    v11 = mulAdd(v11, v12);
    v6 = Long.rotateRight(v6 ^ v11, 63);
    v2 = mulAdd(v2, v7);
    v13 = Long.rotateRight(v13 ^ v2, 32);
    v8 = mulAdd(v8, v13);
    v7 = Long.rotateRight(v7 ^ v8, 24);
    v2 = mulAdd(v2, v7);
    v13 = Long.rotateRight(v13 ^ v2, 16);
    v8 = mulAdd(v8, v13);
    v7 = Long.rotateRight(v7 ^ v8, 63);
    v3 = mulAdd(v3, v4);
    v14 = Long.rotateRight(v14 ^ v3, 32);
    v9 = mulAdd(v9, v14);
    v4 = Long.rotateRight(v4 ^ v9, 24);
    v3 = mulAdd(v3, v4);
    v14 = Long.rotateRight(v14 ^ v3, 16);
    v9 = mulAdd(v9, v14);
    v4 = Long.rotateRight(v4 ^ v9, 63);
    z[first] = v0;
    z[first + 1] = v1;
    z[first + step] = v2;
    z[first + step + 1] = v3;
    z[first + 2 * step] = v4;
    z[first + 2 * step + 1] = v5;
    z[first + 3 * step] = v6;
    z[first + 3 * step + 1] = v7;
    z[first + 4 * step] = v8;
    z[first + 4 * step + 1] = v9;
    z[first + 5 * step] = v10;
    z[first + 5 * step + 1] = v11;
    z[first + 6 * step] = v12;
    z[first + 6 * step + 1] = v13;
    z[first + 7 * step] = v14;
    z[first + 7 * step + 1] = v15;
  }

  private static long mulAdd(long a, long b) {
    return a + b + 2 * (a & 0xffffffffL) * (b & 0xffffffffL);
  }

  private long[] chunk(int block) {
    return chunks[block / CHUNK_BLOCKS];
  }

  private static int offset(int block) {
    return block % CHUNK_BLOCKS * WORDS;
  }

  /** Wipes the blocks. */
  @Override
  public void close() {
    for (long[] chunk : chunks) {
      Arrays.fill(chunk, 0);
    }
    Arrays.fill(mixed, 0);
    Arrays.fill(work, 0);
    Arrays.fill(addresses, 0);
  }
}
