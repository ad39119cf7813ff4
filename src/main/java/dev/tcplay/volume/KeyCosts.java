package dev.tcplay.volume;

import dev.tcplay.crypto.kernel.Prf;
import java.util.List;

/** How a family derives header keys: by which functions, and at which cost. */
interface KeyCosts {

  /** TrueCrypt's, for volumes other than system drives. It has no PIM. */
  KeyCosts TRUECRYPT = new TrueCryptCosts();

  /** VeraCrypt's, for volumes other than system drives. */
  KeyCosts VERACRYPT = new VeraCryptCosts();

  /** TrueCrypt's, for system drives. */
  KeyCosts TRUECRYPT_SYSTEM = new TrueCryptSystemCosts();

  /** VeraCrypt's, for system drives. */
  KeyCosts VERACRYPT_SYSTEM = new VeraCryptSystemCosts();

  /** Returns the functions: the default first, then the cheapest first. */
  List<Prf> prfs();

  /** Returns the largest PIM, 0 where a PIM changes nothing. */
  int largestPim();

  /**
   * Returns the derivation by a function.
   *
   * @param prf one of {@link #prfs}
   * @param pim the personal iterations multiplier, 0 for the default
   */
  HeaderKdf kdf(Prf prf, int pim);
}
