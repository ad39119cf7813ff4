package dev.tcplay.crypto.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.engines.BlowfishEngine;

/**
 * Blowfish as TrueCrypt has it: the two halves of a block are little-endian numbers, where the
 * published cipher has them big-endian. The key schedule is the published one.
 */
final class LittleEndianBlowfish implements BlockCipher {

  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int BLOCK_BYTES = 8;

  private final BlowfishEngine engine = new BlowfishEngine();
  private final byte[] block = new byte[BLOCK_BYTES];

  /** Keys the cipher, and forgets the last block. */
  @Override
  public void init(boolean encrypting, CipherParameters key) {
    Arrays.fill(block, (byte) 0);
    engine.init(encrypting, key);
  }

  @Override
  public String getAlgorithmName() {
    return "Blowfish-LE";
  }

  @Override
  public int getBlockSize() {
    return BLOCK_BYTES;
  }

  @Override
  public int processBlock(byte[] source, int sourceOffset, byte[] target, int targetOffset) {
    BIG.set(block, 0, (int) LITTLE.get(source, sourceOffset));
    BIG.set(block, 4, (int) LITTLE.get(source, sourceOffset + 4));
    engine.processBlock(block, 0, block, 0);
    LITTLE.set(target, targetOffset, (int) BIG.get(block, 0));
    LITTLE.set(target, targetOffset + 4, (int) BIG.get(block, 4));
    return BLOCK_BYTES;
  }

  @Override
  public void reset() {
    engine.reset();
  }
}
