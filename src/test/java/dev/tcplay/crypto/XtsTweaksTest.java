package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which unit numbers are encrypted, how many at once, and what is left of them after a failure. */
class XtsTweaksTest {

  /** A cipher that changes nothing, so that the first block of a unit's tweaks is its number. */
  private static final class Identity implements BlockKernel {

    private int calls;
    private int blocks;
    private boolean failing;

    @Override
    public void encrypt(byte[] source, byte[] target, int length) {
      calls++;
      blocks += length / BlockCipher.BLOCK_BYTES;
      if (failing) {
        throw new IllegalStateException("for the test");
      }
      System.arraycopy(source, 0, target, 0, length);
    }

    @Override
    public void decrypt(byte[] source, byte[] target, int length) {
      throw new AssertionError("tweaks are encrypted in both directions");
    }

    @Override
    public void wipe() {}
  }

  private final Identity first = new Identity();
  private final Identity second = new Identity();
  private final XtsTweaks tweaks = new XtsTweaks(new BlockKernel[] {first, second});

  private void check(long unit, int units) {
    tweaks.prepare(unit, units, units);
    byte[] expanded = new byte[units * DataUnitCipher.DATA_UNIT];
    for (int cipher = 0; cipher < 2; cipher++) {
      Arrays.fill(expanded, (byte) 1);
      tweaks.expand(cipher, unit, units, expanded);
      for (int i = 0; i < units; i++) {
        ByteBuffer block = ByteBuffer.wrap(expanded).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(unit + i, block.getLong(i * DataUnitCipher.DATA_UNIT));
        assertEquals(0, block.getLong(i * DataUnitCipher.DATA_UNIT + 8));
      }
    }
  }

  @Test
  void aSingleReadEncryptsNoMoreThanItsNumbers() {
    check(1000, 1);
    check(5, 3);
    check(70, 8);
    assertEquals(12, first.blocks);
  }

  @Test
  void whoReadsOnInSmallRequestsFindsTheSeedsMade() {
    for (int unit = 40; unit < 40 + 3000; unit += 24) {
      check(unit, 24);
    }
    assertTrue(first.calls <= 35, "calls: " + first.calls);
    assertEquals(first.calls, second.calls);
  }

  @Test
  void unitNumbersMayPassEveryBound() {
    for (long bound : new long[] {0, 1L << 32, Long.MIN_VALUE}) {
      for (long unit = bound - 64; unit != bound + 64; unit += 8) {
        check(unit, 8);
      }
      check(bound - 3, 7);
    }
  }

  @Test
  void afterAFailureNoSeedOfBeforeIsTaken() {
    check(0, 16);
    second.failing = true;
    assertThrows(IllegalStateException.class, () -> tweaks.prepare(16, 16, 16));
    second.failing = false;
    check(0, 16);
    check(16, 16);
  }

  @Test
  void wipedTweaksAreMadeAnew() {
    check(7, 4);
    tweaks.wipe();
    check(7, 4);
    assertEquals(8, first.blocks);
  }
}
