package dev.tcplay.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** HMAC over RIPEMD-160. */
final class Ripemd160Hmac extends WordHmac {

  private static final int STATE_WORDS = Ripemd160.STATE_WORDS;

  private final int[] inner = new int[STATE_WORDS];
  private final int[] outer = new int[STATE_WORDS];

  Ripemd160Hmac(byte[] password) {
    super(Prf.RIPEMD160, password);
    absorb(inner, HmacKey.inner(Prf.RIPEMD160, password));
    absorb(outer, HmacKey.outer(Prf.RIPEMD160, password));
  }

  private static void absorb(int[] state, byte[] keyBlock) {
    int[] words = new int[Ripemd160.BLOCK_WORDS];
    little(keyBlock).asIntBuffer().get(words);
    Ripemd160.compress(Ripemd160.initialState(), words, state);
    Arrays.fill(words, 0);
    Arrays.fill(keyBlock, (byte) 0);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void iterate(byte[] u, byte[] sum, int rounds) {
    int[] block = new int[Ripemd160.BLOCK_WORDS];
    int[] total = new int[STATE_WORDS];
    little(u).asIntBuffer().get(block, 0, STATE_WORDS);
    little(sum).asIntBuffer().get(total);
    block[STATE_WORDS] = 0x80; // what follows a digest in its block: a one bit, zeros ...
    block[14] = 8 * (64 + 20); // ... and the length of key block and digest in bits
    for (int round = 0; round < rounds; round++) {
      Ripemd160.compress(inner, block, block);
      Ripemd160.compress(outer, block, block);
      for (int i = 0; i < STATE_WORDS; i++) {
        total[i] ^= block[i];
      }
    }
    little(u).asIntBuffer().put(block, 0, STATE_WORDS);
    little(sum).asIntBuffer().put(total);
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
