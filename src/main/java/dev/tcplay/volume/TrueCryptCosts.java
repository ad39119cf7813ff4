package dev.tcplay.volume;

import dev.tcplay.crypto.kernel.Prf;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * TrueCrypt's costs: 2000 iterations for RIPEMD-160 and SHA-1, 1000 for all others.
 *
 * @param prfs the functions, that of new volumes first
 */
record TrueCryptCosts(List<Prf> prfs) implements KeyCosts {

  private static final Set<Prf> SLOWED = EnumSet.of(Prf.RIPEMD160, Prf.SHA1);

  /** Copies the list. */
  TrueCryptCosts {
    prfs = List.copyOf(prfs);
  }

  @Override
  public int largestPim() {
    return 0;
  }

  @Override
  public HeaderKdf kdf(Prf prf, int pim) {
    return new HeaderKdf(prf, SLOWED.contains(prf) ? 2000 : 1000, 0);
  }
}
