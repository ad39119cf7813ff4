package dev.tcplay.crypto.kernel;

import java.util.Arrays;

/** HMAC over BLAKE2s-256. */
final class Blake2sHmac extends OwnHmac {

  private static final int STATE_WORDS = Blake2s.STATE_WORDS;
  private static final int BLOCK_WORDS = Blake2s.BLOCK_WORDS;

  private final int[] inner = new int[STATE_WORDS];
  private final int[] outer = new int[STATE_WORDS];

  Blake2sHmac(byte[] password) {
    super(Prf.BLAKE2S, password);
    absorb(inner, innerKey);
    absorb(outer, outerKey);
  }

  private static void absorb(int[] state, byte[] keyBlock) {
    int[] words = new int[BLOCK_WORDS];
    MessageHash.little(keyBlock).asIntBuffer().get(words);
    Blake2s.compress(Blake2s.initialState(), words, 64, 0, state);
    Arrays.fill(words, 0);
  }

  @Override
  public void iterate(byte[] u, byte[] sum, int rounds) {
    int[] block = new int[BLOCK_WORDS]; // the digest, then zeros
    int[] total = new int[STATE_WORDS];
    MessageHash.little(u).asIntBuffer().get(block, 0, STATE_WORDS);
    MessageHash.little(sum).asIntBuffer().get(total);
    for (int round = 0; round < rounds; round++) {
      Blake2s.compress(inner, block, 96, -1, block);
      Blake2s.compress(outer, block, 96, -1, block);
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
