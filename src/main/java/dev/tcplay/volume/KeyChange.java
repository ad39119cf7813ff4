package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.Keys;
import java.util.List;
import java.util.Optional;

/**
 * What new keys make of a header that old ones opened.
 *
 * @param header the header
 * @param keys the new keys
 * @param family what the header belongs to afterwards
 * @param pim of the new keys, 0 for the default
 */
record KeyChange(UnlockedHeader header, Keys keys, HeaderFamily family, int pim) {

  /**
   * Takes from the header what the keys do not say.
   *
   * @param hasBackup whether its volume is of the layout with slots and backups
   * @param formatName the format afterwards, empty if it stays
   * @throws IllegalArgumentException if the volume cannot be of that format
   */
  static KeyChange of(
      UnlockedHeader header, boolean hasBackup, Keys keys, Optional<String> formatName) {
    HeaderFamily family =
        formatName
            .map(name -> Arguments.parse("format", name, VolumeFormat::parse))
            .map(format -> familyIn(format, header, hasBackup))
            .orElse(header.family());
    int oldPim = family.costs().largestPim() == 0 ? 0 : header.request().hints().pim();
    return new KeyChange(header, keys, family, keys.pim().orElse(oldPim));
  }

  private static HeaderFamily familyIn(
      VolumeFormat format, UnlockedHeader header, boolean hasBackup) {
    if (format == header.format()) {
      return header.family();
    }
    Arguments.demand(
        hasBackup,
        "format: expected %s, %s"
            .formatted(
                header.format().displayName(),
                header.request().hints().system()
                    ? "which the boot loader of the drive is made for"
                    : "as only volumes with a backup header, of TrueCrypt 6 and 7, can become others"));
    return format == VolumeFormat.VERACRYPT ? HeaderFamily.VERACRYPT : HeaderFamily.TRUECRYPT;
  }

  /**
   * Returns how the header is written.
   *
   * @param secrets of the keys
   * @throws IllegalArgumentException naming what the volume does not take
   */
  Seal seal(Secrets secrets) {
    VolumeFormat format = family.format();
    Prf prf = keys.hash().map(name -> Arguments.parseHash(name, format)).orElse(header.kdf().prf());
    CipherChain chain = header.suite().chain();
    Arguments.demand(
        keys.cipher()
            .map(name -> Arguments.parse("cipher", name, CipherChain::parse) == chain)
            .orElse(true),
        "cipher: expected that of the data, " + chain.veraCryptName());
    Arguments.checkFamilyHas(family, header.suite().mode(), prf, chain, pim);
    Arguments.demand(!secrets.isEmpty(), "password: expected at least one byte, or a keyfile");
    secrets.checkFit(format);
    if (header.request().hints().system()) {
      Arguments.demand(
          prf == header.kdf().prf(),
          "hash: expected %s, which the boot loader of the drive is made for"
              .formatted(header.kdf().prf().id()));
      int largestPim = family.costs().largestPim();
      Arguments.demand(
          pim <= largestPim, "pim: expected at most %d for a system drive".formatted(largestPim));
      secrets.checkFitLoader();
    }
    return new Seal(family, family.costs().kdf(prf, pim), secrets);
  }

  /** Returns what weakens the keys, a sentence each. */
  List<String> advice(Seal seal) {
    return KeyAdvice.of(seal.secrets(), family, seal.kdf(), pim);
  }
}
