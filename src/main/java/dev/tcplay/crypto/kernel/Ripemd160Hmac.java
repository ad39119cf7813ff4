package dev.tcplay.crypto.kernel;

import java.util.Arrays;

/** HMAC over RIPEMD-160. */
final class Ripemd160Hmac extends OwnHmac {

  private static final int STATE_WORDS = Ripemd160.STATE_WORDS;

  private final int[] inner = new int[STATE_WORDS];
  private final int[] outer = new int[STATE_WORDS];

  Ripemd160Hmac(byte[] password) {
    super(Prf.RIPEMD160, password);
    absorb(inner, innerKey);
    absorb(outer, outerKey);
  }

  private static void absorb(int[] state, byte[] keyBlock) {
    int[] words = new int[Ripemd160.BLOCK_WORDS];
    MessageHash.little(keyBlock).asIntBuffer().get(words);
    Ripemd160.compress(Ripemd160.initialState(), words, state);
    Arrays.fill(words, 0);
  }

  @Override
  public void iterate(byte[] u, byte[] sum, int rounds) {
    int[] block = new int[Ripemd160.BLOCK_WORDS];
    int[] total = new int[STATE_WORDS];
    MessageHash.little(u).asIntBuffer().get(block, 0, STATE_WORDS);
    MessageHash.little(sum).asIntBuffer().get(total);
    block[STATE_WORDS] = 0x80; // what follows a digest in its block: a one bit, zeros ...
    block[14] = 8 * (64 + 20); // ... and the length of key block and digest in bits
    for (int round = 0; round < rounds; round++) {
      Ripemd160.compress(inner, block, block);
      Ripemd160.compress(outer, block, block);
      for (int i = 0; i < STATE_WORDS; i++) {
        total[i] ^= block[i];
      }
    }
    MessageHash.little(u).asIntBuffer().put(block, 0, STATE_WORDS);
    MessageHash.little(sum).asIntBuffer().put(total);
    Arrays.fill(block, 0);
    Arrays.fill(total, 0);
  }

  @Override
  public void wipe() {
    super.wipe();
    Arrays.fill(inner, 0);
    Arrays.fill(outer, 0);
  }
}
