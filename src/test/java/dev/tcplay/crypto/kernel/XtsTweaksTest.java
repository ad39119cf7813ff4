package dev.tcplay.crypto.kernel;

import static dev.tcplay.crypto.DataUnitCipher.DATA_UNIT;
import static dev.tcplay.crypto.kernel.BlockCipher.BLOCK_BYTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which unit numbers are encrypted, how many at once, and what is made and left of them. */
class XtsTweaksTest {

  /** A cipher that adds a mask, none at first: a unit's first tweak is then its number. */
  private static final class Mask implements BlockKernel {

    private final byte[] mask = new byte[BLOCK_BYTES];
    private int calls;
    private int blocks;
    private boolean failing;

    @Override
    public void encrypt(byte[] source, byte[] target, int length) {
      calls++;
      blocks += length / BLOCK_BYTES;
      if (failing) {
        throw new IllegalStateException("for the test");
      }
      for (int i = 0; i < length; i++) {
        target[i] = (byte) (source[i] ^ mask[i % BLOCK_BYTES]);
      }
    }

    @Override
    public void decrypt(byte[] source, byte[] target, int length) {
      throw new AssertionError("tweaks are encrypted in both directions");
    }

    @Override
    public void wipe() {}
  }

  private final Mask first = new Mask();
  private final Mask second = new Mask();
  private final XtsTweaks tweaks = new XtsTweaks(new BlockKernel[] {first, second});

  private void check(long unit, int units) {
    tweaks.prepare(unit, units, units);
    byte[] expanded = new byte[units * DATA_UNIT];
    for (int cipher = 0; cipher < 2; cipher++) {
      Arrays.fill(expanded, (byte) 1);
      tweaks.expand(cipher, unit, units, expanded);
      for (int i = 0; i < units; i++) {
        ByteBuffer block = ByteBuffer.wrap(expanded).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(unit + i, block.getLong(i * DATA_UNIT));
        assertEquals(0, block.getLong(i * DATA_UNIT + 8));
      }
    }
  }

  /** By the definition of IEEE 1619, section 5.2: multiplied by x, modulo the field polynomial. */
  private static BigInteger doubled(BigInteger block) {
    BigInteger twice = block.shiftLeft(1);
    return twice.testBit(128)
        ? twice.xor(BigInteger.ONE.shiftLeft(128)).xor(BigInteger.valueOf(0x87))
        : twice;
  }

  /** The number whose lowest byte comes first. */
  private static BigInteger littleEndian(byte[] bytes, int at) {
    byte[] block = new byte[BLOCK_BYTES];
    for (int i = 0; i < BLOCK_BYTES; i++) {
      block[BLOCK_BYTES - 1 - i] = bytes[at + i];
    }
    return new BigInteger(1, block);
  }

  @Test
  void eachBlockIsTheOneBeforeItDoubledForAnyNumberOfUnits() {
    Random random = new Random(Seeds.of("XtsTweaksTest"));
    for (int units = 1; units <= 128; units++) {
      random.nextBytes(second.mask);
      tweaks.wipe();
      int before = Math.min(5, 128 - units); // units of the same stretch
      tweaks.prepare(units - before, before + units, before + units);
      byte[] expanded = new byte[units * DATA_UNIT];
      tweaks.expand(1, units, units, expanded);
      BigInteger mask = littleEndian(second.mask, 0);
      for (int unit = 0; unit < units; unit++) {
        BigInteger block = BigInteger.valueOf(units + unit).xor(mask);
        for (int i = unit * DATA_UNIT; i < (unit + 1) * DATA_UNIT; i += BLOCK_BYTES) {
          String where = "byte " + i + " of " + units + " units";
          assertEquals(block, littleEndian(expanded, i), where);
          block = doubled(block);
        }
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
