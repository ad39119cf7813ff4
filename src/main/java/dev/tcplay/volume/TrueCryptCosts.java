package dev.tcplay.volume;

import dev.tcplay.crypto.kernel.Prf;
import java.util.List;

/** TrueCrypt's costs: 2000 iterations for RIPEMD-160, 1000 for all others. */
final class TrueCryptCosts implements KeyCosts {

  @Override
  public List<Prf> prfs() {
    return List.of(Prf.SHA512, Prf.WHIRLPOOL, Prf.RIPEMD160);
  }

  @Override
  public int largestPim() {
    return 0;
  }

  @Override
  public HeaderKdf kdf(Prf prf, int pim) {
    return new HeaderKdf(prf, prf == Prf.RIPEMD160 ? 2000 : 1000, 0);
  }
}
