package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.Argon2Memory;
import dev.tcplay.crypto.kernel.Blake2b;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Semaphore;

/**
 * Argon2id (RFC 9106), version 0x13, with one lane, no secret and no associated data. Its own
 * implementation, since it must stop at an interrupt and use no more memory than the blocks need.
 * One computation runs at a time in the whole JVM, the others wait for their turn.
 */
final class Argon2id extends KeyDerivation {

  private static final int LANES = 1;
  private static final int VERSION = 0x13;
  private static final int TYPE_ID = 2;
  private static final int HASH_BYTES = 64;

  /** Free heap wanted beside the blocks: they are never the only thing that lives. */
  private static final long SPARE_BYTES = 4L << 20;

  /** Held while the blocks live: two computations at once would need the heap of both. */
  private static final Semaphore TURN = new Semaphore(1, true);

  private final byte[] password;
  private final byte[] salt;
  private final int memoryKiB;
  private final int passes;
  private final byte[] tag;
  private boolean computed;
  private boolean closed;

  Argon2id(byte[] password, byte[] salt, int memoryKiB, int passes) {
    this(password, salt, memoryKiB, passes, MAX_BYTES);
  }

  /** For published vectors, whose tags are shorter. */
  Argon2id(byte[] password, byte[] salt, int memoryKiB, int passes, int tagBytes) {
    this.password = password.clone();
    this.salt = salt.clone();
    this.memoryKiB = memoryKiB;
    this.passes = passes;
    this.tag = new byte[tagBytes];
  }

  @Override
  public void deriveBlock(int index, byte[] target, int offset)
      throws InterruptedException, InsufficientMemoryException {
    Objects.checkIndex(index, 1);
    Objects.checkFromIndexSize(offset, tag.length, target.length);
    System.arraycopy(output(tag.length), 0, target, offset, tag.length);
  }

  @Override
  byte[] output(int length) throws InterruptedException, InsufficientMemoryException {
    if (closed) {
      throw new IllegalStateException("key derivation is closed");
    }
    if (!computed && length > 0) {
      TURN.acquire();
      try {
        compute();
      } finally {
        TURN.release();
      }
      computed = true;
    }
    return tag;
  }

  private void compute() throws InterruptedException, InsufficientMemoryException {
    try (Argon2Memory memory = allocate()) {
      byte[] seed = new byte[HASH_BYTES + 8];
      initialHash(seed);
      for (int i = 0; i < 2; i++) {
        ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN).putInt(HASH_BYTES, i);
        byte[] block = new byte[Argon2Memory.BLOCK_BYTES];
        longHash(seed, block);
        memory.load(i, block);
        Arrays.fill(block, (byte) 0);
      }
      Arrays.fill(seed, (byte) 0);
      memory.fill(passes);
      byte[] last = memory.last();
      longHash(last, tag);
      Arrays.fill(last, (byte) 0);
    }
  }

  private Argon2Memory allocate() throws InsufficientMemoryException {
    int neededMiB = (int) ((memoryKiB * 1024L + SPARE_BYTES + (1 << 20) - 1) >> 20);
    if (freeMiB() < neededMiB && Runtime.getRuntime().maxMemory() >> 20 >= neededMiB) {
      System.gc(); // garbage counts as used; the blocks of the computation before are such
    }
    if (freeMiB() < neededMiB) {
      throw new InsufficientMemoryException(neededMiB, freeMiB());
    }
    try {
      return new Argon2Memory(memoryKiB);
    } catch (OutOfMemoryError e) {
      throw new InsufficientMemoryException(neededMiB, freeMiB());
    }
  }

  private static long freeMiB() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory()) >> 20;
  }

  /** H0 of the RFC: all parameters and inputs, each input after its length. */
  private void initialHash(byte[] target) {
    byte[] numbers = new byte[24];
    ByteBuffer.wrap(numbers)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(LANES)
        .putInt(tag.length)
        .putInt(memoryKiB)
        .putInt(passes)
        .putInt(VERSION)
        .putInt(TYPE_ID);
    byte[] none = littleEndian(0);
    byte[] hash =
        Blake2b.hash(
            HASH_BYTES,
            numbers,
            littleEndian(password.length),
            password,
            littleEndian(salt.length),
            salt,
            none,
            none);
    System.arraycopy(hash, 0, target, 0, HASH_BYTES);
    Arrays.fill(hash, (byte) 0);
  }

  /** H' of the RFC: BLAKE2b stretched to the length of the target. */
  private static void longHash(byte[] input, byte[] target) {
    byte[] v =
        Blake2b.hash(Math.min(target.length, HASH_BYTES), littleEndian(target.length), input);
    int done = 0;
    while (target.length - done > HASH_BYTES) {
      System.arraycopy(v, 0, target, done, HASH_BYTES / 2);
      done += HASH_BYTES / 2;
      byte[] next = Blake2b.hash(Math.min(target.length - done, HASH_BYTES), v);
      Arrays.fill(v, (byte) 0);
      v = next;
    }
    System.arraycopy(v, 0, target, done, target.length - done);
    Arrays.fill(v, (byte) 0);
  }

  private static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(password, (byte) 0);
    Arrays.fill(salt, (byte) 0);
    Arrays.fill(tag, (byte) 0);
  }
}
