package dev.tcplay.volume;

import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.Keys;
import java.util.List;

/** VeraCrypt's costs: iterations, or Argon2id's memory and passes, by the PIM. */
final class VeraCryptCosts implements KeyCosts {

  private static final int ARGON2_DEFAULT_PIM = 12;
  private static final int ARGON2_MEMORY_CAP_MIB = 1024;

  @Override
  public List<Prf> prfs() {
    return List.of(
        Prf.SHA512,
        Prf.SHA256,
        Prf.BLAKE2S,
        Prf.WHIRLPOOL,
        Prf.RIPEMD160,
        Prf.STREEBOG,
        Prf.ARGON2ID);
  }

  @Override
  public int largestPim() {
    return Keys.LARGEST_PIM;
  }

  @Override
  public HeaderKdf kdf(Prf prf, int pim) {
    if (prf == Prf.ARGON2ID) {
      return argon2id(pim == 0 ? ARGON2_DEFAULT_PIM : pim);
    }
    return new HeaderKdf(prf, pim == 0 ? defaultIterations(prf) : 15_000 + 1000 * pim, 0);
  }

  private static int defaultIterations(Prf prf) {
    return prf == Prf.RIPEMD160 ? 655_331 : 500_000;
  }

  /** Memory grows first, by 32 MiB a step up to its cap; passes then take over. */
  private static HeaderKdf argon2id(int pim) {
    int memoryMiB = (int) Math.min(64 + 32 * (pim - 1L), ARGON2_MEMORY_CAP_MIB);
    int passes = pim <= 31 ? 3 + (pim - 1) / 3 : 13 + (pim - 31);
    return new HeaderKdf(Prf.ARGON2ID, passes, memoryMiB * 1024);
  }
}
