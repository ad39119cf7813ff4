package dev.tcplay.crypto.kernel;

import java.util.Arrays;
import java.util.List;

/**
 * LRW over a batch that stays in the processor's nearest caches. In a cascade the tweaks are added
 * once outside all ciphers, which is the same as around each, since inner ones cancel out.
 */
public final class LrwWorker implements UnitWorker {

  private static final int DATA_UNIT = XtsWorker.DATA_UNIT;

  private final BlockKernel[] kernels;
  private final LrwTweaks tweaks;
  private final int batchBytes;
  private final byte[] mask;
  private byte[] front;
  private byte[] back;

  /**
   * Keys a worker.
   *
   * @param ciphers the chain, in key order; all have blocks of one size
   * @param keys begins with the tweak key, a block long; copied as far as needed
   * @param keysAt where the ciphers' keys begin
   */
  public LrwWorker(List<BlockCipher> ciphers, byte[] keys, int keysAt) {
    kernels = new BlockKernel[ciphers.size()];
    XtsWorker.keyed(ciphers, keys, keysAt, kernels);
    tweaks = new LrwTweaks(keys, ciphers.get(0).blockBytes());
    batchBytes = Arrays.stream(kernels).mapToInt(BlockKernel::batchBytes).max().orElseThrow();
    mask = new byte[batchBytes + BlockKernel.SPACING];
    front = new byte[batchBytes + BlockKernel.SPACING];
    back = new byte[batchBytes + BlockKernel.SPACING];
  }

  @Override
  public void encrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    for (int done = 0; done < length; done += batchBytes) {
      int size = Math.min(batchBytes, length - done);
      begin(firstUnit + done / DATA_UNIT, source, sourceOffset + done, size);
      for (BlockKernel kernel : kernels) {
        kernel.encrypt(front, back, size);
        swap();
      }
      end(target, targetOffset + done, size);
    }
  }

  @Override
  public void decrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    for (int done = 0; done < length; done += batchBytes) {
      int size = Math.min(batchBytes, length - done);
      begin(firstUnit + done / DATA_UNIT, source, sourceOffset + done, size);
      for (int i = kernels.length - 1; i >= 0; i--) {
        kernels[i].decrypt(front, back, size);
        swap();
      }
      end(target, targetOffset + done, size);
    }
  }

  private void begin(long unit, byte[] source, int offset, int size) {
    tweaks.expand(unit, size / DATA_UNIT, mask);
    System.arraycopy(source, offset, front, 0, size);
    XtsWorker.xor(front, mask, size);
  }

  private void end(byte[] target, int offset, int size) {
    XtsWorker.xor(front, mask, size);
    System.arraycopy(front, 0, target, offset, size);
  }

  private void swap() {
    byte[] swapped = front;
    front = back;
    back = swapped;
  }

  @Override
  public void wipe() {
    for (byte[] array : List.of(mask, front, back)) {
      Arrays.fill(array, (byte) 0);
    }
    for (BlockKernel kernel : kernels) {
      kernel.wipe();
    }
    tweaks.wipe();
  }
}
