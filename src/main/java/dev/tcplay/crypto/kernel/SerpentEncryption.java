package dev.tcplay.crypto.kernel;

/**
 * Serpent's rounds over lanes: lane {@code i} of the four arrays holds the four words of block
 * {@code i}. Each loop does the same to all lanes without a branch, so that the compiler makes it
 * vector instructions. The S-boxes are logic on whole words, in the instruction sequences of Osvik
 * (Speeding up Serpent, 2000), and look up no table.
 *
 * <p>The order of loads, stores and statements is no accident: whether a loop becomes vectors hangs
 * on it, differently per JDK and processor, and how fast they are does too. Each order was the best
 * of a hundred or more that were drawn at random. Change a round only with SerpentBenchmark at
 * hand.
 *
 * <p>What was searched: the order of loads, stores and statements, and which operand comes first.
 * Of random orders a sixth (round 6) and a third (round 2) are vectors on JDK 17 and 25; the best
 * ones together are a tenth faster than what was tried by hand. Not kept: S-box and linear
 * transformation as two loops, 300 ns for 512 lanes instead of 200. {@code SerpentBenchmark -p
 * direction=encrypt} shows a round that has lost its vectors: it takes several times as long as the
 * others.
 */
final class SerpentEncryption {

  private static final int ROUNDS = 32;

  /**
   * Minus one, but not a constant: some S-boxes are made vector instructions only if a complement
   * is written as a sum (XOR) with a value that the compiler does not know.
   */
  private static int allOnes = -1;

  /**
   * The eight kinds of rounds and the last one, called through an interface in one place: they must
   * be compiled each for itself, not inlined into one method that is too large for the compiler to
   * do well. Each is a class, since a lambda would be compiled a second time, as part of what calls
   * it.
   */
  static final SerpentRound[] ROUND = {
    new Round0(),
    new Round1(),
    new Round2(),
    new Round3(),
    new Round4(),
    new Round5(),
    new Round6(),
    new Round7(),
    new Last()
  };

  private SerpentEncryption() {}

  /** Runs the 32 rounds. */
  static void run(int[] a, int[] b, int[] c, int[] d, int lanes, int[] keys) {
    for (int r = 0; r < ROUNDS; r++) {
      ROUND[r < ROUNDS - 1 ? r % 8 : 8].run(a, b, c, d, lanes, keys, r);
    }
  }

  private static final class Round0 implements SerpentRound {

    @Override
    public void run(int[] a, int[] b, int[] c, int[] d, int lanes, int[] keys, int r) {
      if (lanes == 0) {
        return;
      }
      int k0 = keys[4 * r];
      int k1 = keys[4 * r + 1];
      int k2 = keys[4 * r + 2];
      int k3 = keys[4 * r + 3];
      for (int i = 0; i < lanes; i++) {
        int x3 = d[i] ^ k3;
        int x0 = a[i] ^ k0;
        int t0 = x0 | x3;
        int t1 = x0 ^ x3;
        int x2 = c[i] ^ k2;
        int t2 = x2 ^ x3;
        int t3 = ~t2;
        int t7 = t1 ^ x2;
        int x1 = b[i] ^ k1;
        int t4 = x1 ^ t0;
        int t8 = t1 ^ t4;
        int t9 = t3 | t8;
        int t10 = t7 ^ t8;
        int t5 = x1 & t1;
        int t6 = t3 ^ t5;
        int t13 = ~t6;
        int t11 = t7 & t6;
        int t14 = t11 ^ t9;
        int t12 = t4 ^ t11;
        int y2 = Integer.rotateLeft(t12, 3);
        int t15 = t13 ^ t14;
        int y0 = Integer.rotateLeft(t14, 13);
        int y1 = Integer.rotateLeft(t15 ^ y0 ^ y2, 1);
        int y3 = Integer.rotateLeft(t10 ^ y2 ^ (y0 << 3), 7);
        d[i] = y3;
        b[i] = y1;
        c[i] = Integer.rotateLeft(y2 ^ y3 ^ (y1 << 7), 22);
        a[i] = Integer.rotateLeft(y0 ^ y1 ^ y3, 5);
      }
    }
  }

  private static final class Round1 implements SerpentRound {

    @Override
    public void run(int[] a, int[] b, int[] c, int[] d, int lanes, int[] keys, int r) {
      if (lanes == 0) {
        return;
      }
      int k0 = keys[4 * r];
      int k1 = keys[4 * r + 1];
      int k2 = keys[4 * r + 2];
      int k3 = keys[4 * r + 3];
      int ones = allOnes;
      for (int i = 0; i < lanes; i++) {
        int x3 = d[i] ^ k3;
        int x2 = c[i] ^ k2;
        int x1 = b[i] ^ k1;
        int x0 = a[i] ^ k0;
        int t0 = x1 ^ x0;
        int t2 = x3 ^ ones;
        int t3 = x1 & t0;
        int t5 = x2 ^ t2;
        int t1 = x3 ^ x0;
        int t4 = t1 | t0;
        int t8 = t5 ^ t3;
        int t6 = t4 ^ t5;
        int t10 = x2 ^ t3;
        int t7 = t0 ^ t5;
        int t9 = t3 | t7;
        int t14 = t6 ^ ones;
        int y2 = Integer.rotateLeft(t8, 3);
        int t11 = x2 & t6;
        int t12 = t11 ^ t9;
        int t15 = t12 ^ t14;
        int t13 = t9 | t6;
        int t16 = t10 ^ t13;
        int y0 = Integer.rotateLeft(t16, 13);
        int y1 = Integer.rotateLeft(t12 ^ y0 ^ y2, 1);
        int y3 = Integer.rotateLeft(t15 ^ (y2 ^ (y0 << 3)), 7);
        c[i] = Integer.rotateLeft(y2 ^ y3 ^ (y1 << 7), 22);
        a[i] = Integer.rotateLeft(y0 ^ y1 ^ y3, 5);
        b[i] = y1;
        d[i] = y3;
      }
    }
  }

  private static final class Round2 implements SerpentRound {

    @Override
    public void run(int[] a, int[] b, int[] c, int[] d, int lanes, int[] keys, int r) {
      if (lanes == 0) {
        return;
      }
      int k0 = keys[4 * r];
      int k1 = keys[4 * r + 1];
      int k2 = keys[4 * r + 2];
      int k3 = keys[4 * r + 3];
      for (int i = 0; i < lanes; i++) {
        int x2 = c[i] ^ k2;
        int x3 = d[i] ^ k3;
        int x0 = a[i] ^ k0;
        int t0 = ~x3;
        int x1 = k1 ^ b[i];
        int t4 = t0 | x0;
        int t2 = x0 & x2;
        int t3 = t2 ^ t0;
        int t1 = x1 ^ x0;
        int t5 = x2 ^ t1;
        int t7 = t1 & t3;
        int t6 = t1 ^ t4;
        int t10 = t6 | t7;
        int t9 = t5 & t6;
        int t15 = t7 | t9;
        int t8 = t5 ^ t3;
        int t11 = ~t8;
        int t14 = t11 ^ t9;
        int t12 = t10 ^ t11;
        int y2 = Integer.rotateLeft(t14, 3);
        int t13 = x0 ^ t11;
        int y0 = Integer.rotateLeft(t13, 13);
        int y1 = Integer.rotateLeft(t15 ^ (y0 ^ y2), 1);
        int y3 = Integer.rotateLeft(t12 ^ y2 ^ (y0 << 3), 7);
        a[i] = Integer.rotateLeft(y0 ^ y1 ^ y3, 5);
        d[i] = y3;
        c[i] = Integer.rotateLeft(y2 ^ y3 ^ (y1 << 7), 22);
        b[i] = y1;
      }
    }
  }

  private static final class Round3 implements SerpentRound {

    @Override
    public void run(int[] a, int[] b, int[] c, int[] d, int lanes, int[] keys, int r) {
      if (lanes == 0) {
        return;
      }
      int k0 = keys[4 * r];
      int k1 = keys[4 * r + 1];
      int k2 = keys[4 * r + 2];
      int k3 = keys[4 * r + 3];
      for (int i = 0; i < lanes; i++) {
        int x3 = k3 ^ d[i];
        int x2 = c[i] ^ k2;
        int x1 = k1 ^ b[i];
        int x0 = a[i] ^ k0;
        int t0 = x1 ^ x3;
        int t1 = x3 | x0;
        int t2 = x0 & x1;
        int t3 = x0 ^ x2;
        int t4 = x2 ^ t0;
        int t5 = t0 & t1;
        int t6 = t4 ^ t1;
        int t7 = t3 | t2;
        int t8 = t2 ^ t1;
        int t9 = t7 ^ t5;
        int t10 = t1 & t7;
        int t11 = t1 & t8;
        int t12 = t6 ^ t11;
        int t13 = t9 | t8;
        int t14 = t9 & t6;
        int t15 = t13 ^ t12;
        int t16 = t12 ^ t10;
        int t17 = t12 ^ t14;
        int y2 = Integer.rotateLeft(t9, 3);
        int y0 = Integer.rotateLeft(t17, 13);
        int y1 = Integer.rotateLeft(t15 ^ y0 ^ y2, 1);
        int y3 = Integer.rotateLeft(t16 ^ y2 ^ (y0 << 3), 7);
        c[i] = Integer.rotateLeft(y2 ^ y3 ^ (y1 << 7), 22);
        a[i] = Integer.rotateLeft(y0 ^ y1 ^ y3, 5);
        d[i] = y3;
        b[i] = y1;
      }
    }
  }

  private static final class Round4 implements SerpentRound {

    @Override
    public void run(int[] a, int[] b, int[] c, int[] d, int lanes, int[] keys, int r) {
      if (lanes == 0) {
        return;
      }
      int k0 = keys[4 * r];
      int k1 = keys[4 * r + 1];
      int k2 = keys[4 * r + 2];
      int k3 = keys[4 * r + 3];
      for (int i = 0; i < lanes; i++) {
        int x3 = d[i] ^ k3;
        int x1 = b[i] ^ k1;
        int x0 = k0 ^ a[i];
        int t0 = x3 & x0;
        int t1 = x0 ^ x3;
        int t4 = t1 ^ x1;
        int t8 = t4 & x1;
        int x2 = c[i] ^ k2;
        int t3 = x2 | x3;
        int t6 = t3 | t4;
        int t7 = t6 ^ x1;
        int t2 = t0 ^ x2;
        int t11 = t2 ^ t7;
        int t5 = x3 ^ t2;
        int t9 = t8 ^ t5;
        int t10 = t5 & t7;
        int t13 = t2 | t9;
        int t15 = t4 ^ t13;
        int y2 = Integer.rotateLeft(t15, 3);
        int t12 = t10 ^ t4;
        int t14 = ~t9;
        int y0 = Integer.rotateLeft(t14, 13);
        int y1 = Integer.rotateLeft(t11 ^ (y0 ^ y2), 1);
        int y3 = Integer.rotateLeft(t12 ^ (y0 << 3) ^ y2, 7);
        d[i] = y3;
        c[i] = Integer.rotateLeft(y2 ^ y3 ^ (y1 << 7), 22);
        b[i] = y1;
        a[i] = Integer.rotateLeft(y0 ^ y1 ^ y3, 5);
      }
    }
  }

  private static final class Round5 implements SerpentRound {

    @Override
    public void run(int[] a, int[] b, int[] c, int[] d, int lanes, int[] keys, int r) {
      if (lanes == 0) {
        return;
      }
      int k0 = keys[4 * r];
      int k1 = keys[4 * r + 1];
      int k2 = keys[4 * r + 2];
      int k3 = keys[4 * r + 3];
      int ones = allOnes;
      for (int i = 0; i < lanes; i++) {
        int x3 = d[i] ^ k3;
        int x0 = a[i] ^ k0;
        int x2 = c[i] ^ k2;
        int x1 = b[i] ^ k1;
        int t2 = x3 ^ ones;
        int t3 = x1 ^ x0;
        int t6 = t3 | t2;
        int t0 = x0 | x1;
        int t5 = t3 & t0;
        int t9 = t2 ^ t5;
        int t1 = t0 ^ x2;
        int t10 = t2 ^ t1;
        int t4 = x0 ^ t1;
        int t8 = t2 & t4;
        int t7 = t6 ^ t4;
        int t12 = t7 & t1;
        int t13 = t9 ^ t12;
        int y2 = Integer.rotateLeft(t13, 3);
        int t11 = t8 ^ t9;
        int t14 = t12 & t11;
        int y0 = Integer.rotateLeft(t7, 13);
        int y1 = Integer.rotateLeft(y0 ^ t11 ^ y2, 1);
        int t15 = t10 ^ t14;
        int y3 = Integer.rotateLeft(t15 ^ (y2 ^ (y0 << 3)), 7);
        d[i] = y3;
        b[i] = y1;
        a[i] = Integer.rotateLeft(y0 ^ y1 ^ y3, 5);
        c[i] = Integer.rotateLeft(y2 ^ y3 ^ (y1 << 7), 22);
      }
    }
  }

  private static final class Round6 implements SerpentRound {

    @Override
    public void run(int[] a, int[] b, int[] c, int[] d, int lanes, int[] keys, int r) {
      if (lanes == 0) {
        return;
      }
      int k0 = keys[4 * r];
      int k1 = keys[4 * r + 1];
      int k2 = keys[4 * r + 2];
      int k3 = keys[4 * r + 3];
      for (int i = 0; i < lanes; i++) {
        int x2 = k2 ^ c[i];
        int x3 = d[i] ^ k3;
        int x0 = a[i] ^ k0;
        int x1 = b[i] ^ k1;
        int t0 = x3 ^ x0;
        int t1 = x1 ^ x2;
        int t2 = x2 ^ x0;
        int t3 = x0 & t0;
        int t4 = t0 | t1;
        int t5 = ~x1;
        int t6 = t3 ^ t4;
        int t7 = t4 ^ t2;
        int t8 = t0 ^ t5;
        int t9 = t5 ^ t6;
        int t10 = t6 & t2;
        int t11 = t9 ^ t7;
        int t12 = t8 ^ t10;
        int t13 = t7 & t8;
        int t14 = t13 ^ t6;
        int t15 = t12 ^ t7;
        int y2 = Integer.rotateLeft(t15, 3);
        int y0 = Integer.rotateLeft(t12, 13);
        int y1 = Integer.rotateLeft(t11 ^ (y0 ^ y2), 1);
        int y3 = Integer.rotateLeft(t14 ^ (y0 << 3) ^ y2, 7);
        a[i] = Integer.rotateLeft(y0 ^ y1 ^ y3, 5);
        b[i] = y1;
        c[i] = Integer.rotateLeft(y2 ^ y3 ^ (y1 << 7), 22);
        d[i] = y3;
      }
    }
  }

  private static final class Round7 implements SerpentRound {

    @Override
    public void run(int[] a, int[] b, int[] c, int[] d, int lanes, int[] keys, int r) {
      if (lanes == 0) {
        return;
      }
      int k0 = keys[4 * r];
      int k1 = keys[4 * r + 1];
      int k2 = keys[4 * r + 2];
      int k3 = keys[4 * r + 3];
      int ones = allOnes;
      for (int i = 0; i < lanes; i++) {
        int x0 = k0 ^ a[i];
        int t1 = x0 ^ ones;
        int x3 = d[i] ^ k3;
        int x2 = c[i] ^ k2;
        int x1 = b[i] ^ k1;
        int t0 = x1 ^ ones;
        int t4 = t0 | x3;
        int t7 = t4 ^ t1;
        int t2 = x2 & t0;
        int t6 = x2 ^ t4;
        int t5 = t0 ^ x2;
        int t3 = t2 ^ x3;
        int t11 = t7 ^ t5;
        int t8 = t1 | t3;
        int t13 = t11 ^ t3;
        int t10 = t8 ^ t5;
        int t9 = t6 & t8;
        int t12 = t7 & t10;
        int t14 = t9 ^ t13;
        int t15 = t3 ^ t12;
        int y2 = Integer.rotateLeft(t15, 3);
        int t16 = t13 | t10;
        int t17 = t16 ^ t3;
        int y0 = Integer.rotateLeft(t17, 13);
        int y3 = Integer.rotateLeft(t10 ^ (y2 ^ (y0 << 3)), 7);
        int y1 = Integer.rotateLeft(t14 ^ y0 ^ y2, 1);
        d[i] = y3;
        b[i] = y1;
        c[i] = Integer.rotateLeft(y2 ^ y3 ^ (y1 << 7), 22);
        a[i] = Integer.rotateLeft(y0 ^ y1 ^ y3, 5);
      }
    }
  }

  /** Round 31: the same S-box, and a key in place of the linear transformation. */
  private static final class Last implements SerpentRound {

    @Override
    public void run(int[] a, int[] b, int[] c, int[] d, int lanes, int[] keys, int r) {
      if (lanes == 0) {
        return;
      }
      int k0 = keys[4 * r];
      int k1 = keys[4 * r + 1];
      int k2 = keys[4 * r + 2];
      int k3 = keys[4 * r + 3];
      int last0 = keys[4 * r + 4];
      int last1 = keys[4 * r + 5];
      int last2 = keys[4 * r + 6];
      int last3 = keys[4 * r + 7];
      int ones = allOnes;
      for (int i = 0; i < lanes; i++) {
        int x3 = d[i] ^ k3;
        int x2 = c[i] ^ k2;
        int x1 = b[i] ^ k1;
        int x0 = a[i] ^ k0;
        int t0 = x1 ^ ones;
        int t1 = x0 ^ ones;
        int t2 = t0 & x2;
        int t3 = t2 ^ x3;
        int t4 = x3 | t0;
        int t5 = t0 ^ x2;
        int t6 = x2 ^ t4;
        int t7 = t4 ^ t1;
        int t8 = t1 | t3;
        int t9 = t6 & t8;
        int t10 = t8 ^ t5;
        int t11 = t5 ^ t7;
        int t12 = t7 & t10;
        int t13 = t11 ^ t3;
        int t14 = t9 ^ t13;
        int t15 = t12 ^ t3;
        int t16 = t13 | t10;
        int t17 = t16 ^ t3;
        d[i] = t10 ^ last3;
        c[i] = t15 ^ last2;
        b[i] = t14 ^ last1;
        a[i] = t17 ^ last0;
      }
    }
  }
}
