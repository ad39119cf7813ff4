package dev.tcplay.volume;

import dev.tcplay.crypto.kernel.Prf;
import java.util.List;

/** How a family derives header keys: by which functions, and at which cost. */
interface KeyCosts {

  /** TrueCrypt's, for volumes other than system drives. It has no PIM. */
  KeyCosts TRUECRYPT = new TrueCryptCosts();

  /** VeraCrypt's, for volumes other than system drives. */
  KeyCosts VERACRYPT = new VeraCryptCosts();

  /** Returns the functions: the default first, then the cheapest first. */
  List<Prf> prfs();

  /** Returns whether a PIM changes the cost. */
  boolean hasPim();

  /**
   * Returns the derivation by a function.
   *
   * @param prf one of {@link #prfs}
   * @param pim the personal iterations multiplier, 0 for the default
   */
  HeaderKdf kdf(Prf prf, int pim);
}
