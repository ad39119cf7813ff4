package dev.tcplay.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Twofish with tables that join the key-dependent S-boxes and the diffusion, four blocks side by
 * side. The tables are looked up by secret data.
 *
 * <p>An index below 256 is written as {@code x & (table.length - 1)} where it can be: of that the
 * compiler knows that it is in range, without a check. With all four tables written so, their masks
 * need more registers than the checks are worth.
 */
final class TwofishKernel extends InterleavedKernel {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final IdleCalls ENCRYPTIONS = new IdleCalls();
  private static final IdleCalls DECRYPTIONS = new IdleCalls();

  private final int[] keys = new int[40];
  private final int[][] tables = new int[4][256];

  TwofishKernel(byte[] key, int offset) {
    super(4, ENCRYPTIONS, DECRYPTIONS);
    TwofishSchedule.expand(key, offset, keys, tables);
  }

  @Override
  void encryptWide(byte[] source, byte[] target, int length) {
    int[] t0 = tables[0];
    int[] t1 = tables[1];
    int[] t2 = tables[2];
    int[] t3 = tables[3];
    int m0 = t0.length - 1;
    int m1 = t1.length - 1;
    int m2 = t2.length - 1;
    int[] k = keys;
    for (int i = 0; i < length; i += 64) {
      int a0 = (int) INT.get(source, i) ^ k[0];
      int b0 = (int) INT.get(source, i + 4) ^ k[1];
      int c0 = (int) INT.get(source, i + 8) ^ k[2];
      int d0 = (int) INT.get(source, i + 12) ^ k[3];
      int a1 = (int) INT.get(source, i + 16) ^ k[0];
      int b1 = (int) INT.get(source, i + 20) ^ k[1];
      int c1 = (int) INT.get(source, i + 24) ^ k[2];
      int d1 = (int) INT.get(source, i + 28) ^ k[3];
      int a2 = (int) INT.get(source, i + 32) ^ k[0];
      int b2 = (int) INT.get(source, i + 36) ^ k[1];
      int c2 = (int) INT.get(source, i + 40) ^ k[2];
      int d2 = (int) INT.get(source, i + 44) ^ k[3];
      int a3 = (int) INT.get(source, i + 48) ^ k[0];
      int b3 = (int) INT.get(source, i + 52) ^ k[1];
      int c3 = (int) INT.get(source, i + 56) ^ k[2];
      int d3 = (int) INT.get(source, i + 60) ^ k[3];
      for (int r = 8; r < 40; r += 4) {
        int x0 = t0[a0 & m0] ^ t1[(a0 >>> 8) & m1] ^ t2[(a0 >>> 16) & m2] ^ t3[a0 >>> 24];
        int y0 = t0[(b0 >>> 24) & m0] ^ t1[b0 & m1] ^ t2[(b0 >>> 8) & m2] ^ t3[(b0 >>> 16) & 0xff];
        c0 = Integer.rotateRight(c0 ^ (x0 + y0 + k[r]), 1);
        d0 = Integer.rotateLeft(d0, 1) ^ (x0 + 2 * y0 + k[r + 1]);
        int x1 = t0[a1 & m0] ^ t1[(a1 >>> 8) & m1] ^ t2[(a1 >>> 16) & m2] ^ t3[a1 >>> 24];
        int y1 = t0[(b1 >>> 24) & m0] ^ t1[b1 & m1] ^ t2[(b1 >>> 8) & m2] ^ t3[(b1 >>> 16) & 0xff];
        c1 = Integer.rotateRight(c1 ^ (x1 + y1 + k[r]), 1);
        d1 = Integer.rotateLeft(d1, 1) ^ (x1 + 2 * y1 + k[r + 1]);
        int x2 = t0[a2 & m0] ^ t1[(a2 >>> 8) & m1] ^ t2[(a2 >>> 16) & m2] ^ t3[a2 >>> 24];
        int y2 = t0[(b2 >>> 24) & m0] ^ t1[b2 & m1] ^ t2[(b2 >>> 8) & m2] ^ t3[(b2 >>> 16) & 0xff];
        c2 = Integer.rotateRight(c2 ^ (x2 + y2 + k[r]), 1);
        d2 = Integer.rotateLeft(d2, 1) ^ (x2 + 2 * y2 + k[r + 1]);
        int x3 = t0[a3 & m0] ^ t1[(a3 >>> 8) & m1] ^ t2[(a3 >>> 16) & m2] ^ t3[a3 >>> 24];
        int y3 = t0[(b3 >>> 24) & m0] ^ t1[b3 & m1] ^ t2[(b3 >>> 8) & m2] ^ t3[(b3 >>> 16) & 0xff];
        c3 = Integer.rotateRight(c3 ^ (x3 + y3 + k[r]), 1);
        d3 = Integer.rotateLeft(d3, 1) ^ (x3 + 2 * y3 + k[r + 1]);
        x0 = t0[c0 & m0] ^ t1[(c0 >>> 8) & m1] ^ t2[(c0 >>> 16) & m2] ^ t3[c0 >>> 24];
        y0 = t0[(d0 >>> 24) & m0] ^ t1[d0 & m1] ^ t2[(d0 >>> 8) & m2] ^ t3[(d0 >>> 16) & 0xff];
        a0 = Integer.rotateRight(a0 ^ (x0 + y0 + k[r + 2]), 1);
        b0 = Integer.rotateLeft(b0, 1) ^ (x0 + 2 * y0 + k[r + 3]);
        x1 = t0[c1 & m0] ^ t1[(c1 >>> 8) & m1] ^ t2[(c1 >>> 16) & m2] ^ t3[c1 >>> 24];
        y1 = t0[(d1 >>> 24) & m0] ^ t1[d1 & m1] ^ t2[(d1 >>> 8) & m2] ^ t3[(d1 >>> 16) & 0xff];
        a1 = Integer.rotateRight(a1 ^ (x1 + y1 + k[r + 2]), 1);
        b1 = Integer.rotateLeft(b1, 1) ^ (x1 + 2 * y1 + k[r + 3]);
        x2 = t0[c2 & m0] ^ t1[(c2 >>> 8) & m1] ^ t2[(c2 >>> 16) & m2] ^ t3[c2 >>> 24];
        y2 = t0[(d2 >>> 24) & m0] ^ t1[d2 & m1] ^ t2[(d2 >>> 8) & m2] ^ t3[(d2 >>> 16) & 0xff];
        a2 = Integer.rotateRight(a2 ^ (x2 + y2 + k[r + 2]), 1);
        b2 = Integer.rotateLeft(b2, 1) ^ (x2 + 2 * y2 + k[r + 3]);
        x3 = t0[c3 & m0] ^ t1[(c3 >>> 8) & m1] ^ t2[(c3 >>> 16) & m2] ^ t3[c3 >>> 24];
        y3 = t0[(d3 >>> 24) & m0] ^ t1[d3 & m1] ^ t2[(d3 >>> 8) & m2] ^ t3[(d3 >>> 16) & 0xff];
        a3 = Integer.rotateRight(a3 ^ (x3 + y3 + k[r + 2]), 1);
        b3 = Integer.rotateLeft(b3, 1) ^ (x3 + 2 * y3 + k[r + 3]);
      }
      INT.set(target, i, c0 ^ k[4]);
      INT.set(target, i + 4, d0 ^ k[5]);
      INT.set(target, i + 8, a0 ^ k[6]);
      INT.set(target, i + 12, b0 ^ k[7]);
      INT.set(target, i + 16, c1 ^ k[4]);
      INT.set(target, i + 20, d1 ^ k[5]);
      INT.set(target, i + 24, a1 ^ k[6]);
      INT.set(target, i + 28, b1 ^ k[7]);
      INT.set(target, i + 32, c2 ^ k[4]);
      INT.set(target, i + 36, d2 ^ k[5]);
      INT.set(target, i + 40, a2 ^ k[6]);
      INT.set(target, i + 44, b2 ^ k[7]);
      INT.set(target, i + 48, c3 ^ k[4]);
      INT.set(target, i + 52, d3 ^ k[5]);
      INT.set(target, i + 56, a3 ^ k[6]);
      INT.set(target, i + 60, b3 ^ k[7]);
    }
  }

  @Override
  void decryptWide(byte[] source, byte[] target, int length) {
    int[] t0 = tables[0];
    int[] t1 = tables[1];
    int[] t2 = tables[2];
    int[] t3 = tables[3];
    int m0 = t0.length - 1;
    int m1 = t1.length - 1;
    int m2 = t2.length - 1;
    int[] k = keys;
    for (int i = 0; i < length; i += 64) {
      int c0 = (int) INT.get(source, i) ^ k[4];
      int d0 = (int) INT.get(source, i + 4) ^ k[5];
      int a0 = (int) INT.get(source, i + 8) ^ k[6];
      int b0 = (int) INT.get(source, i + 12) ^ k[7];
      int c1 = (int) INT.get(source, i + 16) ^ k[4];
      int d1 = (int) INT.get(source, i + 20) ^ k[5];
      int a1 = (int) INT.get(source, i + 24) ^ k[6];
      int b1 = (int) INT.get(source, i + 28) ^ k[7];
      int c2 = (int) INT.get(source, i + 32) ^ k[4];
      int d2 = (int) INT.get(source, i + 36) ^ k[5];
      int a2 = (int) INT.get(source, i + 40) ^ k[6];
      int b2 = (int) INT.get(source, i + 44) ^ k[7];
      int c3 = (int) INT.get(source, i + 48) ^ k[4];
      int d3 = (int) INT.get(source, i + 52) ^ k[5];
      int a3 = (int) INT.get(source, i + 56) ^ k[6];
      int b3 = (int) INT.get(source, i + 60) ^ k[7];
      for (int r = 36; r >= 8; r -= 4) {
        int x0 = t0[c0 & m0] ^ t1[(c0 >>> 8) & m1] ^ t2[(c0 >>> 16) & m2] ^ t3[c0 >>> 24];
        int y0 = t0[(d0 >>> 24) & m0] ^ t1[d0 & m1] ^ t2[(d0 >>> 8) & m2] ^ t3[(d0 >>> 16) & 0xff];
        a0 = Integer.rotateLeft(a0, 1) ^ (x0 + y0 + k[r + 2]);
        b0 = Integer.rotateRight(b0 ^ (x0 + 2 * y0 + k[r + 3]), 1);
        int x1 = t0[c1 & m0] ^ t1[(c1 >>> 8) & m1] ^ t2[(c1 >>> 16) & m2] ^ t3[c1 >>> 24];
        int y1 = t0[(d1 >>> 24) & m0] ^ t1[d1 & m1] ^ t2[(d1 >>> 8) & m2] ^ t3[(d1 >>> 16) & 0xff];
        a1 = Integer.rotateLeft(a1, 1) ^ (x1 + y1 + k[r + 2]);
        b1 = Integer.rotateRight(b1 ^ (x1 + 2 * y1 + k[r + 3]), 1);
        int x2 = t0[c2 & m0] ^ t1[(c2 >>> 8) & m1] ^ t2[(c2 >>> 16) & m2] ^ t3[c2 >>> 24];
        int y2 = t0[(d2 >>> 24) & m0] ^ t1[d2 & m1] ^ t2[(d2 >>> 8) & m2] ^ t3[(d2 >>> 16) & 0xff];
        a2 = Integer.rotateLeft(a2, 1) ^ (x2 + y2 + k[r + 2]);
        b2 = Integer.rotateRight(b2 ^ (x2 + 2 * y2 + k[r + 3]), 1);
        int x3 = t0[c3 & m0] ^ t1[(c3 >>> 8) & m1] ^ t2[(c3 >>> 16) & m2] ^ t3[c3 >>> 24];
        int y3 = t0[(d3 >>> 24) & m0] ^ t1[d3 & m1] ^ t2[(d3 >>> 8) & m2] ^ t3[(d3 >>> 16) & 0xff];
        a3 = Integer.rotateLeft(a3, 1) ^ (x3 + y3 + k[r + 2]);
        b3 = Integer.rotateRight(b3 ^ (x3 + 2 * y3 + k[r + 3]), 1);
        x0 = t0[a0 & m0] ^ t1[(a0 >>> 8) & m1] ^ t2[(a0 >>> 16) & m2] ^ t3[a0 >>> 24];
        y0 = t0[(b0 >>> 24) & m0] ^ t1[b0 & m1] ^ t2[(b0 >>> 8) & m2] ^ t3[(b0 >>> 16) & 0xff];
        c0 = Integer.rotateLeft(c0, 1) ^ (x0 + y0 + k[r]);
        d0 = Integer.rotateRight(d0 ^ (x0 + 2 * y0 + k[r + 1]), 1);
        x1 = t0[a1 & m0] ^ t1[(a1 >>> 8) & m1] ^ t2[(a1 >>> 16) & m2] ^ t3[a1 >>> 24];
        y1 = t0[(b1 >>> 24) & m0] ^ t1[b1 & m1] ^ t2[(b1 >>> 8) & m2] ^ t3[(b1 >>> 16) & 0xff];
        c1 = Integer.rotateLeft(c1, 1) ^ (x1 + y1 + k[r]);
        d1 = Integer.rotateRight(d1 ^ (x1 + 2 * y1 + k[r + 1]), 1);
        x2 = t0[a2 & m0] ^ t1[(a2 >>> 8) & m1] ^ t2[(a2 >>> 16) & m2] ^ t3[a2 >>> 24];
        y2 = t0[(b2 >>> 24) & m0] ^ t1[b2 & m1] ^ t2[(b2 >>> 8) & m2] ^ t3[(b2 >>> 16) & 0xff];
        c2 = Integer.rotateLeft(c2, 1) ^ (x2 + y2 + k[r]);
        d2 = Integer.rotateRight(d2 ^ (x2 + 2 * y2 + k[r + 1]), 1);
        x3 = t0[a3 & m0] ^ t1[(a3 >>> 8) & m1] ^ t2[(a3 >>> 16) & m2] ^ t3[a3 >>> 24];
        y3 = t0[(b3 >>> 24) & m0] ^ t1[b3 & m1] ^ t2[(b3 >>> 8) & m2] ^ t3[(b3 >>> 16) & 0xff];
        c3 = Integer.rotateLeft(c3, 1) ^ (x3 + y3 + k[r]);
        d3 = Integer.rotateRight(d3 ^ (x3 + 2 * y3 + k[r + 1]), 1);
      }
      INT.set(target, i, a0 ^ k[0]);
      INT.set(target, i + 4, b0 ^ k[1]);
      INT.set(target, i + 8, c0 ^ k[2]);
      INT.set(target, i + 12, d0 ^ k[3]);
      INT.set(target, i + 16, a1 ^ k[0]);
      INT.set(target, i + 20, b1 ^ k[1]);
      INT.set(target, i + 24, c1 ^ k[2]);
      INT.set(target, i + 28, d1 ^ k[3]);
      INT.set(target, i + 32, a2 ^ k[0]);
      INT.set(target, i + 36, b2 ^ k[1]);
      INT.set(target, i + 40, c2 ^ k[2]);
      INT.set(target, i + 44, d2 ^ k[3]);
      INT.set(target, i + 48, a3 ^ k[0]);
      INT.set(target, i + 52, b3 ^ k[1]);
      INT.set(target, i + 56, c3 ^ k[2]);
      INT.set(target, i + 60, d3 ^ k[3]);
    }
  }

  @Override
  public void wipe() {
    super.wipe();
    Arrays.fill(keys, 0);
    for (int[] table : tables) {
      Arrays.fill(table, 0);
    }
  }
}
