package dev.tcplay.crypto;

import static dev.tcplay.crypto.StreebogTables.C;
import static dev.tcplay.crypto.StreebogTables.ROUNDS;
import static dev.tcplay.crypto.StreebogTables.WORDS;
import static dev.tcplay.crypto.StreebogTables.t;

import java.util.Arrays;

/**
 * The compression function of Streebog-512 for one state that many blocks follow: half of its work
 * is a schedule of round keys that hangs on the state only, and is done once.
 */
final class StreebogSchedule {

  private final long[] state;

  /** Eight words each of the keys of twelve rounds, and of the one at the end. */
  private final long[] keys = new long[WORDS * (ROUNDS + 1)];

  /**
   * Computes the keys.
   *
   * @param state the state, which is not copied
   * @param bitsBefore the bits of the message before the block
   */
  StreebogSchedule(long[] state, long bitsBefore) {
    this.state = state;
    long[] key = state.clone();
    key[0] ^= bitsBefore;
    for (int at = 0; at < keys.length; at += WORDS) {
      for (int i = 0; i < WORDS; i++) {
        for (int place = 0; place < WORDS; place++) {
          keys[at + i] ^= t(place, key[place], Byte.SIZE * i);
        }
      }
      for (int i = 0; i < WORDS && at < C.length; i++) {
        key[i] = keys[at + i] ^ C[at + i];
      }
    }
    Arrays.fill(key, 0);
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
          (t(0, s0, 0) ^ t(1, s1, 0))
              ^ (t(2, s2, 0) ^ t(3, s3, 0))
              ^ ((t(4, s4, 0) ^ t(5, s5, 0)) ^ (t(6, s6, 0) ^ t(7, s7, 0)));
      long l1 =
          (t(0, s0, 8) ^ t(1, s1, 8))
              ^ (t(2, s2, 8) ^ t(3, s3, 8))
              ^ ((t(4, s4, 8) ^ t(5, s5, 8)) ^ (t(6, s6, 8) ^ t(7, s7, 8)));
      long l2 =
          (t(0, s0, 16) ^ t(1, s1, 16))
              ^ (t(2, s2, 16) ^ t(3, s3, 16))
              ^ ((t(4, s4, 16) ^ t(5, s5, 16)) ^ (t(6, s6, 16) ^ t(7, s7, 16)));
      long l3 =
          (t(0, s0, 24) ^ t(1, s1, 24))
              ^ (t(2, s2, 24) ^ t(3, s3, 24))
              ^ ((t(4, s4, 24) ^ t(5, s5, 24)) ^ (t(6, s6, 24) ^ t(7, s7, 24)));
      long l4 =
          (t(0, s0, 32) ^ t(1, s1, 32))
              ^ (t(2, s2, 32) ^ t(3, s3, 32))
              ^ ((t(4, s4, 32) ^ t(5, s5, 32)) ^ (t(6, s6, 32) ^ t(7, s7, 32)));
      long l5 =
          (t(0, s0, 40) ^ t(1, s1, 40))
              ^ (t(2, s2, 40) ^ t(3, s3, 40))
              ^ ((t(4, s4, 40) ^ t(5, s5, 40)) ^ (t(6, s6, 40) ^ t(7, s7, 40)));
      long l6 =
          (t(0, s0, 48) ^ t(1, s1, 48))
              ^ (t(2, s2, 48) ^ t(3, s3, 48))
              ^ ((t(4, s4, 48) ^ t(5, s5, 48)) ^ (t(6, s6, 48) ^ t(7, s7, 48)));
      long l7 =
          (t(0, s0, 56) ^ t(1, s1, 56))
              ^ (t(2, s2, 56) ^ t(3, s3, 56))
              ^ ((t(4, s4, 56) ^ t(5, s5, 56)) ^ (t(6, s6, 56) ^ t(7, s7, 56)));
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
