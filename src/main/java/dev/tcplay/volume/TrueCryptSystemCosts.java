package dev.tcplay.volume;

import dev.tcplay.crypto.kernel.Prf;
import java.util.List;

/** TrueCrypt's cost for system drives, whose boot loader knows one function: RIPEMD-160. */
final class TrueCryptSystemCosts implements KeyCosts {

  private static final int ITERATIONS = 1000;

  @Override
  public List<Prf> prfs() {
    return List.of(Prf.RIPEMD160);
  }

  @Override
  public int largestPim() {
    return 0;
  }

  @Override
  public HeaderKdf kdf(Prf prf, int pim) {
    return new HeaderKdf(prf, ITERATIONS, 0);
  }
}
