package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.Keys;
import java.util.Optional;

/**
 * What new keys make of a header that old ones opened.
 *
 * @param header the header
 * @param hasBackup whether its volume is of the layout with slots and backups
 */
record KeyChange(UnlockedHeader header, boolean hasBackup) {

  /**
   * Returns how the header is written.
   *
   * @param formatName the format afterwards, empty if it stays
   * @param secrets of the keys
   * @throws IllegalArgumentException naming what the volume does not take
   */
  Seal seal(Keys keys, Optional<String> formatName, Secrets secrets) {
    HeaderFamily family =
        formatName
            .map(name -> Arguments.parse("format", name, VolumeFormat::parse))
            .map(this::familyIn)
            .orElse(header.family());
    VolumeFormat format = family.format();
    Prf prf = keys.hash().map(name -> Arguments.parseHash(name, format)).orElse(header.kdf().prf());
    int largestPim = family.costs().largestPim();
    int oldPim = largestPim == 0 ? 0 : header.request().hints().pim();
    int pim = keys.pim().orElse(oldPim);
    CipherChain chain = header.suite().chain();
    Arguments.demand(
        keys.cipher()
            .map(name -> Arguments.parse("cipher", name, CipherChain::parse) == chain)
            .orElse(true),
        "cipher: expected that of the data, " + chain.veraCryptName());
    Arguments.checkFamilyHas(family, header.suite().mode(), prf, chain, pim);
    Arguments.demand(!secrets.isEmpty(), "password: expected at least one byte, or a keyfile");
    secrets.checkFit(format);
    if (isSystem()) {
      Arguments.demand(
          prf == header.kdf().prf(),
          "hash: expected %s, which the boot loader of the drive is made for"
              .formatted(header.kdf().prf().id()));
      Arguments.demand(
          pim <= largestPim, "pim: expected at most %d for a system drive".formatted(largestPim));
      secrets.checkFitLoader();
    }
    return new Seal(family, family.costs().kdf(prf, pim), secrets);
  }

  private boolean isSystem() {
    return header.request().hints().system();
  }

  private HeaderFamily familyIn(VolumeFormat format) {
    if (format == header.format()) {
      return header.family();
    }
    Arguments.demand(
        hasBackup,
        "format: expected %s, %s"
            .formatted(
                header.format().displayName(),
                isSystem()
                    ? "which the boot loader of the drive is made for"
                    : "as only volumes with a backup header, of TrueCrypt 6 and 7, can become others"));
    return format == VolumeFormat.VERACRYPT ? HeaderFamily.VERACRYPT : HeaderFamily.TRUECRYPT;
  }
}
