package dev.tcplay.crypto;

import static dev.tcplay.crypto.Whirlpool.ROUND_CONSTANTS;
import static dev.tcplay.crypto.Whirlpool.WORDS;
import static dev.tcplay.crypto.Whirlpool.t;

import java.util.Arrays;

/**
 * The compression function of Whirlpool for one state that many blocks follow: half of its work is
 * a schedule of round keys that hangs on the state only, and is done once.
 */
final class WhirlpoolSchedule {

  private final long[] state;

  /** Eight words each of the key before the first round and of those of the rounds. */
  private final long[] keys = new long[WORDS * (ROUND_CONSTANTS.length + 1)];

  /** Computes the keys of a state, which is not copied. */
  WhirlpoolSchedule(long[] state) {
    this.state = state;
    System.arraycopy(state, 0, keys, 0, WORDS);
    for (int at = WORDS; at < keys.length; at += WORDS) {
      for (int i = 0; i < WORDS; i++) {
        for (int place = 0; place < WORDS; place++) {
          long word = keys[at - WORDS + ((i - place) & (WORDS - 1))];
          keys[at + i] ^= t(place, word, Byte.SIZE * (WORDS - 1 - place));
        }
      }
      keys[at] ^= ROUND_CONSTANTS[at / WORDS - 1];
    }
  }

  /** Stores the state that follows a block, which may be the same array. */
  void compress(long[] block, long[] target) {
    long[] k = keys;
    long s0 = block[0] ^ k[0];
    long s1 = block[1] ^ k[1];
    long s2 = block[2] ^ k[2];
    long s3 = block[3] ^ k[3];
    long s4 = block[4] ^ k[4];
    long s5 = block[5] ^ k[5];
    long s6 = block[6] ^ k[6];
    long s7 = block[7] ^ k[7];
    for (int r = WORDS; r < keys.length; r += WORDS) {
      long l0 =
          (t(0, s0, 56) ^ t(1, s7, 48))
              ^ (t(2, s6, 40) ^ t(3, s5, 32))
              ^ ((t(4, s4, 24) ^ t(5, s3, 16)) ^ (t(6, s2, 8) ^ t(7, s1, 0)));
      long l1 =
          (t(0, s1, 56) ^ t(1, s0, 48))
              ^ (t(2, s7, 40) ^ t(3, s6, 32))
              ^ ((t(4, s5, 24) ^ t(5, s4, 16)) ^ (t(6, s3, 8) ^ t(7, s2, 0)));
      long l2 =
          (t(0, s2, 56) ^ t(1, s1, 48))
              ^ (t(2, s0, 40) ^ t(3, s7, 32))
              ^ ((t(4, s6, 24) ^ t(5, s5, 16)) ^ (t(6, s4, 8) ^ t(7, s3, 0)));
      long l3 =
          (t(0, s3, 56) ^ t(1, s2, 48))
              ^ (t(2, s1, 40) ^ t(3, s0, 32))
              ^ ((t(4, s7, 24) ^ t(5, s6, 16)) ^ (t(6, s5, 8) ^ t(7, s4, 0)));
      long l4 =
          (t(0, s4, 56) ^ t(1, s3, 48))
              ^ (t(2, s2, 40) ^ t(3, s1, 32))
              ^ ((t(4, s0, 24) ^ t(5, s7, 16)) ^ (t(6, s6, 8) ^ t(7, s5, 0)));
      long l5 =
          (t(0, s5, 56) ^ t(1, s4, 48))
              ^ (t(2, s3, 40) ^ t(3, s2, 32))
              ^ ((t(4, s1, 24) ^ t(5, s0, 16)) ^ (t(6, s7, 8) ^ t(7, s6, 0)));
      long l6 =
          (t(0, s6, 56) ^ t(1, s5, 48))
              ^ (t(2, s4, 40) ^ t(3, s3, 32))
              ^ ((t(4, s2, 24) ^ t(5, s1, 16)) ^ (t(6, s0, 8) ^ t(7, s7, 0)));
      long l7 =
          (t(0, s7, 56) ^ t(1, s6, 48))
              ^ (t(2, s5, 40) ^ t(3, s4, 32))
              ^ ((t(4, s3, 24) ^ t(5, s2, 16)) ^ (t(6, s1, 8) ^ t(7, s0, 0)));
      s0 = l0 ^ k[r];
      s1 = l1 ^ k[r + 1];
      s2 = l2 ^ k[r + 2];
      s3 = l3 ^ k[r + 3];
      s4 = l4 ^ k[r + 4];
      s5 = l5 ^ k[r + 5];
      s6 = l6 ^ k[r + 6];
      s7 = l7 ^ k[r + 7];
    }
    target[0] = state[0] ^ block[0] ^ s0;
    target[1] = state[1] ^ block[1] ^ s1;
    target[2] = state[2] ^ block[2] ^ s2;
    target[3] = state[3] ^ block[3] ^ s3;
    target[4] = state[4] ^ block[4] ^ s4;
    target[5] = state[5] ^ block[5] ^ s5;
    target[6] = state[6] ^ block[6] ^ s6;
    target[7] = state[7] ^ block[7] ^ s7;
  }

  /** Wipes the keys; the state is its owner's. */
  void wipe() {
    Arrays.fill(keys, 0);
  }
}
