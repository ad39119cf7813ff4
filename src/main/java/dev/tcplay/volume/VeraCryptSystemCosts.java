package dev.tcplay.volume;

import dev.tcplay.crypto.kernel.Prf;
import java.util.List;

/**
 * VeraCrypt's costs for system drives. The boot loaders for MBR know SHA-256, BLAKE2s and before
 * them RIPEMD-160, the one for EFI all but the last. Functions with words of 64 bits cost what they
 * cost elsewhere; the others cost less, since they run in a loader of 16 bits.
 */
final class VeraCryptSystemCosts implements KeyCosts {

  /** The largest PIM of a boot loader, which keeps it in 16 bits. */
  static final int LARGEST_PIM = 65_535;

  private static final int ITERATIONS_FOR_PIM = 2048;

  @Override
  public List<Prf> prfs() {
    return List.of(Prf.SHA512, Prf.SHA256, Prf.BLAKE2S, Prf.WHIRLPOOL, Prf.RIPEMD160, Prf.STREEBOG);
  }

  @Override
  public int largestPim() {
    return LARGEST_PIM;
  }

  @Override
  public HeaderKdf kdf(Prf prf, int pim) {
    if (prf == Prf.SHA512 || prf == Prf.WHIRLPOOL) {
      return VERACRYPT.kdf(prf, pim);
    }
    return new HeaderKdf(prf, pim == 0 ? defaultIterations(prf) : ITERATIONS_FOR_PIM * pim, 0);
  }

  private static int defaultIterations(Prf prf) {
    return prf == Prf.RIPEMD160 ? 327_661 : 200_000;
  }
}
