package dev.tcplay.crypto.kernel;

/**
 * Serpent's inverse rounds over lanes: lane {@code i} of the four arrays holds the four words of
 * block {@code i}. Each loop does the same to all lanes without a branch, so that the compiler
 * makes it vector instructions. The S-boxes are logic on whole words, in the instruction sequences
 * of Osvik (Speeding up Serpent, 2000), and look up no table.
 *
 * <p>The order of loads, stores and statements is no accident: whether a loop becomes vectors hangs
 * on it, differently per JDK and processor. Change a round only with SerpentBenchmark at hand. For
 * the same reason each round but the last ends with the inverse linear transformation that the next
 * one would begin with.
 *
 * <p>What was searched: the order of loads, stores and statements; those of four rounds were chosen
 * anew after encryption had its own. {@code SerpentBenchmark -p direction=decrypt} shows a round
 * that has lost its vectors: it takes several times as long as the others. As a whole: {@code
 * XtsBenchmark -p chain=Serpent -p bytes=16384}.
 */
final class SerpentDecryption {

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
    new Inverse0(),
    new Inverse1(),
    new Inverse2(),
    new Inverse3(),
    new Inverse4(),
    new Inverse5(),
    new Inverse6(),
    new Inverse7(),
    new Last()
  };

  private SerpentDecryption() {}

  /** Runs the 32 inverse rounds, all but the first key addition. */
  static void run(int[] a, int[] b, int[] c, int[] d, int lanes, int[] keys) {
    for (int r = ROUNDS - 1; r >= 0; r--) {
      ROUND[r > 0 ? r % 8 : 8].run(a, b, c, d, lanes, keys, r);
    }
  }

  private static final class Inverse7 implements SerpentRound {

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
        int x2 = c[i];
        int x0 = a[i];
        int x1 = b[i];
        int x3 = d[i];
        int t0 = x3 & x0;
        int t1 = x0 ^ x2;
        int t2 = x2 | x3;
        int t3 = x3 ^ x1;
        int t4 = t1 ^ ones;
        int t5 = t0 | x1;
        int t6 = t3 ^ t4;
        int t7 = t2 & t4;
        int t8 = t7 ^ t5;
        int t9 = t5 & t2;
        int t10 = t0 ^ t2;
        int t11 = t6 ^ t10;
        int t12 = t2 & t10;
        int t13 = t10 | t8;
        int t14 = t9 ^ t11;
        int t15 = t13 ^ t11;
        int t16 = t8 & t11;
        int t17 = t16 ^ t12;
        int z3 = t17 ^ k3;
        int z2 = k2 ^ t8;
        int z1 = t15 ^ k1;
        int z0 = t14 ^ k0;
        int y0 = Integer.rotateRight(z0, 5) ^ z1 ^ z3;
        int y2 = Integer.rotateRight(z2, 22) ^ z3 ^ (z1 << 7);
        c[i] = Integer.rotateRight(y2, 3);
        d[i] = Integer.rotateRight(z3, 7) ^ y2 ^ (y0 << 3);
        a[i] = Integer.rotateRight(y0, 13);
        b[i] = Integer.rotateRight(z1, 1) ^ (y0 ^ y2);
      }
    }
  }

  private static final class Inverse6 implements SerpentRound {

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
        int x0 = a[i];
        int x3 = d[i];
        int x2 = c[i];
        int t0 = x2 ^ x0;
        int t1 = t0 & x3;
        int t2 = x2 ^ x3;
        int t5 = t2 | t0;
        int t3 = t2 ^ t1;
        int t8 = t3 ^ ones;
        int t11 = t0 ^ t8;
        int x1 = b[i];
        int t4 = x3 ^ x1;
        int t6 = t5 ^ t4;
        int t10 = t6 & x1;
        int t7 = t3 & t4;
        int t13 = t11 ^ t6;
        int z1 = t13 ^ k1;
        int t14 = t8 ^ t10;
        int t15 = t6 ^ t14;
        int t9 = x1 ^ t7;
        int z0 = t15 ^ k0;
        int z3 = t14 ^ k3;
        int t12 = t11 ^ t9;
        int y0 = Integer.rotateRight(z0, 5) ^ z1 ^ z3;
        int z2 = t12 ^ k2;
        int y2 = Integer.rotateRight(z2, 22) ^ (z1 << 7) ^ z3;
        a[i] = Integer.rotateRight(y0, 13);
        b[i] = Integer.rotateRight(z1, 1) ^ y0 ^ y2;
        d[i] = Integer.rotateRight(z3, 7) ^ y2 ^ (y0 << 3);
        c[i] = Integer.rotateRight(y2, 3);
      }
    }
  }

  private static final class Inverse5 implements SerpentRound {

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
        int x0 = a[i];
        int x1 = b[i];
        int x2 = c[i];
        int x3 = d[i];
        int t0 = x1 | x2;
        int t1 = x2 ^ x1;
        int t2 = t0 ^ x3;
        int t3 = x3 & x1;
        int t4 = t1 ^ t3;
        int t5 = t3 | x0;
        int t6 = x0 ^ ones;
        int t7 = t5 ^ t4;
        int t8 = t4 | t6;
        int t9 = x1 ^ t2;
        int t10 = t8 ^ t9;
        int t11 = t9 & t6;
        int t12 = t6 ^ t2;
        int t13 = t2 ^ t7;
        int t14 = t12 & t10;
        int t15 = t10 ^ t7;
        int t16 = t14 ^ t15;
        int t17 = t15 ^ t11;
        int t18 = t11 ^ t7;
        int z3 = t17 ^ k3;
        int z2 = t16 ^ k2;
        int z1 = t18 ^ k1;
        int z0 = t13 ^ k0;
        int y2 = Integer.rotateRight(z2, 22) ^ z3 ^ (z1 << 7);
        int y0 = Integer.rotateRight(z0, 5) ^ z1 ^ z3;
        d[i] = Integer.rotateRight(z3, 7) ^ y2 ^ (y0 << 3);
        b[i] = Integer.rotateRight(z1, 1) ^ y0 ^ y2;
        c[i] = Integer.rotateRight(y2, 3);
        a[i] = Integer.rotateRight(y0, 13);
      }
    }
  }

  private static final class Inverse4 implements SerpentRound {

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
        int x3 = d[i];
        int x2 = c[i];
        int x1 = b[i];
        int x0 = a[i];
        int t0 = x2 ^ x3;
        int t1 = x0 & x1;
        int t2 = t1 ^ t0;
        int t3 = t0 | x3;
        int t4 = ~x0;
        int t5 = x1 ^ t2;
        int t6 = t2 ^ t3;
        int t7 = t3 & t4;
        int t8 = t7 ^ t6;
        int t9 = t6 | t4;
        int t10 = t9 ^ x3;
        int t11 = x3 & t8;
        int t12 = t4 ^ t11;
        int t13 = t11 ^ t5;
        int t14 = t5 & t10;
        int t15 = t12 ^ t14;
        int t16 = t10 ^ t13;
        int z3 = t13 ^ k3;
        int z2 = t15 ^ k2;
        int z1 = t8 ^ k1;
        int z0 = t16 ^ k0;
        int y2 = Integer.rotateRight(z2, 22) ^ z3 ^ (z1 << 7);
        int y0 = Integer.rotateRight(z0, 5) ^ z1 ^ z3;
        d[i] = Integer.rotateRight(z3, 7) ^ y2 ^ (y0 << 3);
        c[i] = Integer.rotateRight(y2, 3);
        b[i] = Integer.rotateRight(z1, 1) ^ y0 ^ y2;
        a[i] = Integer.rotateRight(y0, 13);
      }
    }
  }

  private static final class Inverse3 implements SerpentRound {

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
        int x3 = d[i];
        int x2 = c[i];
        int x1 = b[i];
        int x0 = a[i];
        int t0 = x2 ^ x1;
        int t1 = x1 & t0;
        int t2 = t1 ^ x0;
        int t3 = x0 | x1;
        int t4 = x1 ^ x3;
        int t5 = t3 ^ x3;
        int t6 = x3 | t2;
        int t7 = t2 ^ t0;
        int t8 = t7 ^ t6;
        int t9 = t5 ^ t0;
        int t10 = t0 ^ t6;
        int t11 = t6 & t8;
        int t12 = t8 ^ t9;
        int t13 = t9 & t10;
        int t14 = t4 ^ t11;
        int t15 = t11 ^ t13;
        int t16 = t13 ^ t12;
        int z0 = t10 ^ k0;
        int z1 = t16 ^ k1;
        int z2 = t14 ^ k2;
        int z3 = t15 ^ k3;
        int y2 = Integer.rotateRight(z2, 22) ^ z3 ^ (z1 << 7);
        int y0 = Integer.rotateRight(z0, 5) ^ z1 ^ z3;
        b[i] = Integer.rotateRight(z1, 1) ^ y0 ^ y2;
        d[i] = Integer.rotateRight(z3, 7) ^ y2 ^ (y0 << 3);
        a[i] = Integer.rotateRight(y0, 13);
        c[i] = Integer.rotateRight(y2, 3);
      }
    }
  }

  private static final class Inverse2 implements SerpentRound {

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
        int x0 = a[i];
        int x2 = c[i];
        int x3 = d[i];
        int x1 = b[i];
        int t1 = ~x3;
        int t0 = x2 ^ x1;
        int t3 = x3 ^ t0;
        int t2 = t1 | t0;
        int t5 = x1 ^ t2;
        int t6 = t3 | x1;
        int t4 = x3 ^ x0;
        int t7 = t3 ^ x0;
        int t9 = t4 | t5;
        int t10 = t7 ^ t5;
        int t11 = t9 ^ t10;
        int t8 = t6 ^ t4;
        int z0 = t8 ^ k0;
        int t12 = t10 & t8;
        int t13 = t12 ^ t5;
        int z3 = t13 ^ k3;
        int t14 = t11 ^ t5;
        int t15 = t11 ^ x0;
        int z2 = t14 ^ k2;
        int z1 = t15 ^ k1;
        int y2 = Integer.rotateRight(z2, 22) ^ (z1 << 7) ^ z3;
        int y0 = Integer.rotateRight(z0, 5) ^ z1 ^ z3;
        b[i] = Integer.rotateRight(z1, 1) ^ y0 ^ y2;
        d[i] = Integer.rotateRight(z3, 7) ^ y2 ^ (y0 << 3);
        a[i] = Integer.rotateRight(y0, 13);
        c[i] = Integer.rotateRight(y2, 3);
      }
    }
  }

  private static final class Inverse1 implements SerpentRound {

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
        int x0 = a[i];
        int x1 = b[i];
        int x2 = c[i];
        int x3 = d[i];
        int t0 = x1 ^ x3;
        int t2 = x2 ^ ones;
        int t3 = x0 | t0;
        int t4 = t3 ^ x3;
        int t5 = x3 & t0;
        int t7 = t2 & t4;
        int t6 = t0 ^ t2;
        int t8 = t4 ^ t6;
        int t1 = x0 ^ x2;
        int t10 = t5 ^ t1;
        int t9 = t6 | t5;
        int t12 = t1 | t8;
        int t11 = t7 ^ t1;
        int t13 = t11 ^ t8;
        int t14 = t9 ^ t12;
        int t15 = t8 ^ t14;
        int z3 = t10 ^ k3;
        int z2 = t13 ^ k2;
        int z1 = t14 ^ k1;
        int z0 = t15 ^ k0;
        int y2 = Integer.rotateRight(z2, 22) ^ z3 ^ (z1 << 7);
        int y0 = Integer.rotateRight(z0, 5) ^ z1 ^ z3;
        d[i] = Integer.rotateRight(z3, 7) ^ y2 ^ (y0 << 3);
        b[i] = Integer.rotateRight(z1, 1) ^ y0 ^ y2;
        c[i] = Integer.rotateRight(y2, 3);
        a[i] = Integer.rotateRight(y0, 13);
      }
    }
  }

  private static final class Inverse0 implements SerpentRound {

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
        int x3 = d[i];
        int x0 = a[i];
        int t3 = x0 ^ ones;
        int x2 = c[i];
        int x1 = b[i];
        int t0 = x1 ^ x0;
        int t1 = t0 | x3;
        int t2 = x3 ^ t0;
        int t6 = t3 & t0;
        int t4 = t1 ^ x2;
        int t5 = t1 ^ t3;
        int t9 = t2 ^ t5;
        int t8 = t4 & t5;
        int t11 = t0 ^ t9;
        int t7 = t6 ^ t4;
        int t10 = t8 ^ t9;
        int z0 = t10 ^ k0;
        int t12 = t9 & t7;
        int t14 = t7 ^ t10;
        int t13 = t11 ^ t7;
        int z2 = t13 ^ k2;
        int z3 = t14 ^ k3;
        int t15 = t2 ^ t12;
        int z1 = t15 ^ k1;
        int y2 = Integer.rotateRight(z2, 22) ^ (z1 << 7) ^ z3;
        int y0 = Integer.rotateRight(z0, 5) ^ z1 ^ z3;
        b[i] = Integer.rotateRight(z1, 1) ^ (y0 ^ y2);
        a[i] = Integer.rotateRight(y0, 13);
        c[i] = Integer.rotateRight(y2, 3);
        d[i] = Integer.rotateRight(z3, 7) ^ y2 ^ (y0 << 3);
      }
    }
  }

  /** The inverse round 0, after which nothing is left to undo. */
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
      int ones = allOnes;
      for (int i = 0; i < lanes; i++) {
        int x3 = d[i];
        int x2 = c[i];
        int x1 = b[i];
        int x0 = a[i];
        int t0 = x1 ^ x0;
        int t2 = x3 ^ t0;
        int t1 = x3 | t0;
        int t4 = x2 ^ t1;
        int t3 = x0 ^ ones;
        int t5 = t1 ^ t3;
        int t6 = t3 & t0;
        int t7 = t6 ^ t4;
        int t8 = t4 & t5;
        int t9 = t5 ^ t2;
        int t12 = t9 & t7;
        int t11 = t0 ^ t9;
        int t10 = t8 ^ t9;
        int t13 = t11 ^ t7;
        int t15 = t2 ^ t12;
        int t14 = t7 ^ t10;
        d[i] = t14 ^ k3;
        c[i] = t13 ^ k2;
        b[i] = t15 ^ k1;
        a[i] = t10 ^ k0;
      }
    }
  }
}
