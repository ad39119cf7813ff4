package dev.tcplay.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** HMAC over Whirlpool. Its tables are looked up by secret data. */
final class WhirlpoolHmac extends WordHmac {

  private static final int WORDS = Whirlpool.WORDS;

  /** Bytes 0x80, zeros and the length of 128 bytes in bits: what follows every MAC's two blocks. */
  private static final long[] PADDING = {1L << 63, 0, 0, 0, 0, 0, 0, 1024};

  private final long[] inner = new long[WORDS];
  private final long[] outer = new long[WORDS];
  private final WhirlpoolSchedule innerSchedule;
  private final WhirlpoolSchedule outerSchedule;

  WhirlpoolHmac(byte[] password) {
    super(Prf.WHIRLPOOL, password);
    absorb(inner, innerKey);
    absorb(outer, outerKey);
    innerSchedule = new WhirlpoolSchedule(inner);
    outerSchedule = new WhirlpoolSchedule(outer);
  }

  private static void absorb(long[] state, byte[] keyBlock) {
    long[] words = new long[WORDS];
    ByteBuffer.wrap(keyBlock).asLongBuffer().get(words);
    Whirlpool.compress(state, words, state);
    Arrays.fill(words, 0);
  }

  @Override
  public void iterate(byte[] u, byte[] sum, int rounds) {
    long[] word = new long[WORDS];
    long[] total = new long[WORDS];
    ByteBuffer.wrap(u).asLongBuffer().get(word);
    ByteBuffer.wrap(sum).asLongBuffer().get(total);
    for (int round = 0; round < rounds; round++) {
      innerSchedule.compress(word, word);
      Whirlpool.compress(word, PADDING, word);
      outerSchedule.compress(word, word);
      Whirlpool.compress(word, PADDING, word);
      for (int i = 0; i < WORDS; i++) {
        total[i] ^= word[i];
      }
    }
    ByteBuffer.wrap(u).asLongBuffer().put(word);
    ByteBuffer.wrap(sum).asLongBuffer().put(total);
    Arrays.fill(word, 0);
    Arrays.fill(total, 0);
  }

  @Override
  public void wipe() {
    super.wipe();
    Arrays.fill(inner, 0);
    Arrays.fill(outer, 0);
    innerSchedule.wipe();
    outerSchedule.wipe();
  }
}
