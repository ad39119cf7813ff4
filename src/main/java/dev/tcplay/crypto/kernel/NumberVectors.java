package dev.tcplay.crypto.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Vectors that are the number of the unit, the lowest byte first, and no whitening. */
final class NumberVectors implements CbcVectors {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  @Override
  public void vector(long unit, byte[] target, int offset, int blockBytes) {
    LONG.set(target, offset, unit);
    if (blockBytes > Long.BYTES) {
      LONG.set(target, offset + Long.BYTES, 0L);
    }
  }

  @Override
  public long whitening(long unit) {
    return 0;
  }

  @Override
  public void wipe() {}
}
