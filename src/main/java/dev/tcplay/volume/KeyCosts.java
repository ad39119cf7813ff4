package dev.tcplay.volume;

import dev.tcplay.crypto.kernel.Prf;
import java.util.List;

/** How a family derives header keys: by which functions, and at which cost. */
interface KeyCosts {

  /** Those of TrueCrypt 5 to 7, for volumes other than system drives. They have no PIM. */
  KeyCosts TRUECRYPT = new TrueCryptCosts(List.of(Prf.SHA512, Prf.WHIRLPOOL, Prf.RIPEMD160));

  /**
   * Those of volumes that TrueCrypt 1 to 4 made, with SHA-512 too: TrueCrypt 5 has it, and changes
   * the passwords of older volumes.
   */
  KeyCosts TRUECRYPT_1_TO_4 =
      new TrueCryptCosts(List.of(Prf.RIPEMD160, Prf.SHA1, Prf.WHIRLPOOL, Prf.SHA512));

  /** VeraCrypt's, for volumes other than system drives. */
  KeyCosts VERACRYPT = new VeraCryptCosts();

  /** TrueCrypt's, for system drives. */
  KeyCosts TRUECRYPT_SYSTEM = new TrueCryptSystemCosts();

  /** VeraCrypt's, for system drives. */
  KeyCosts VERACRYPT_SYSTEM = new VeraCryptSystemCosts();

  /** Returns the functions, that of new volumes first. */
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
