package dev.tcplay.crypto;

import java.util.Arrays;

/** HMAC over Streebog-512. Its tables are looked up by secret data. */
final class StreebogHmac extends WordHmac {

  private static final int WORDS = StreebogTables.WORDS;
  private static final long BLOCK_BITS = Streebog.BLOCK_BITS;

  /** A block of the message's end, when nothing of the message is left: a single one bit. */
  private static final long[] PADDING = {1, 0, 0, 0, 0, 0, 0, 0};

  /** The length of a MAC's two blocks, in bits. */
  private static final long[] LENGTH = {2 * BLOCK_BITS, 0, 0, 0, 0, 0, 0, 0};

  private final long[] innerWords = new long[WORDS];
  private final long[] outerWords = new long[WORDS];
  private final long[] inner = new long[WORDS];
  private final long[] outer = new long[WORDS];
  private final StreebogSchedule innerSchedule;
  private final StreebogSchedule outerSchedule;
  private final long[] checksum = new long[WORDS];

  StreebogHmac(byte[] password) {
    super(Prf.STREEBOG, password);
    absorb(innerWords, inner, innerKey);
    absorb(outerWords, outer, outerKey);
    innerSchedule = new StreebogSchedule(inner, BLOCK_BITS);
    outerSchedule = new StreebogSchedule(outer, BLOCK_BITS);
  }

  private static void absorb(long[] words, long[] state, byte[] keyBlock) {
    MessageHash.little(keyBlock).asLongBuffer().get(words);
    Streebog.compress(state, 0, words, state);
  }

  @Override
  public void iterate(byte[] u, byte[] sum, int rounds) {
    long[] word = new long[WORDS];
    long[] total = new long[WORDS];
    MessageHash.little(u).asLongBuffer().get(word);
    MessageHash.little(sum).asLongBuffer().get(total);
    for (int round = 0; round < rounds; round++) {
      hash(innerWords, innerSchedule, word);
      hash(outerWords, outerSchedule, word);
      for (int i = 0; i < WORDS; i++) {
        total[i] ^= word[i];
      }
    }
    MessageHash.little(u).asLongBuffer().put(word);
    MessageHash.little(sum).asLongBuffer().put(total);
    Arrays.fill(word, 0);
    Arrays.fill(total, 0);
    Arrays.fill(checksum, 0);
  }

  /** Replaces a block by the hash of the key block and itself. */
  private void hash(long[] key, StreebogSchedule afterKey, long[] block) {
    Streebog.add(key, block, PADDING[0], checksum); // the sum of all three blocks
    afterKey.compress(block, block);
    Streebog.compress(block, 2 * BLOCK_BITS, PADDING, block);
    Streebog.compress(block, 0, LENGTH, block);
    Streebog.compress(block, 0, checksum, block);
  }

  @Override
  public void wipe() {
    super.wipe();
    for (long[] array : new long[][] {innerWords, outerWords, inner, outer, checksum}) {
      Arrays.fill(array, 0);
    }
    innerSchedule.wipe();
    outerSchedule.wipe();
  }
}
