package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ZeroDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.Keys;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A volume that may be made: all that is asked for fits together, and no key is derived yet.
 * Closing wipes the secrets.
 *
 * @param volume how it is encrypted, and where it stands
 * @param kdf how the header key is made
 * @param keys what opens it
 * @param secrets those of the keys
 * @param filling who writes into it, null for nobody
 */
record VolumeRecipe(
    NewVolume volume,
    HeaderKdf kdf,
    Keys keys,
    Secrets secrets,
    VolumeBuilder.@Nullable Filling filling)
    implements AutoCloseable {

  /** Says where a volume stands that is encrypted in a way. */
  interface Place {
    NewVolume of(HeaderFamily family, CipherSuite suite);
  }

  /**
   * Makes a recipe of what a caller says, which takes the secrets over.
   *
   * @throws IllegalArgumentException naming the setting that cannot be, and what is expected
   */
  static VolumeRecipe of(
      VolumeFormat format,
      int version,
      CipherMode mode,
      Keys keys,
      Secrets secrets,
      Place place,
      VolumeBuilder.@Nullable Filling filling) {
    HeaderFamily family = NewVolume.family(format, version);
    String cipher = keys.cipher().orElse("AES");
    CipherChain chain = Arguments.parse("cipher", cipher, CipherChain::parse);
    Prf usual = family.costs().prfs().get(0);
    Prf prf = keys.hash().map(name -> Arguments.parseHash(name, format)).orElse(usual);
    int pim = keys.pim().orElse(0);
    Arguments.demand(!secrets.isEmpty(), "password: expected at least one byte, or a keyfile");
    Arguments.checkFamilyHas(family, mode, prf, chain, pim);
    Arguments.checkNamedMode(cipher, mode);
    secrets.checkFit(format);
    NewVolume volume = place.of(family, family.suite(mode, chain));
    return new VolumeRecipe(volume, family.costs().kdf(prf, pim), keys, secrets, filling);
  }

  /**
   * Checks that it does not open by what opens the volume around it, which would hide it from its
   * owner.
   */
  void checkDiffers(Secrets outer) throws IOException {
    Arguments.demand(
        !secrets.areThoseOf(volume.family().format(), outer),
        "password: expected another one for the hidden volume, or other keyfiles");
  }

  /** Returns what weakens its keys, a sentence each. */
  List<String> advice() {
    return KeyAdvice.of(secrets, volume.family(), kdf, keys.pim().orElse(0));
  }

  /** Fills a device that forgets, so that what does not fit is refused before all else. */
  void rehearse() throws IOException {
    // A file is measured, and need not be read twice.
    if (filling != null && !(filling instanceof VolumeContents)) {
      try (BlockDevice forgetful = new ZeroDevice(volume.dataLength(), volume.sectorSize())) {
        filling.fill(forgetful);
      }
    }
  }

  /**
   * Returns the volume with keys of its own and its headers: one plaintext, a salt for each.
   *
   * @param name what exceptions call it
   */
  SealedVolume seal(SecureRandom random, String name) throws IOException {
    HeaderCodec codec = volume.family().codec();
    byte[] keyArea = MasterKeys.create(volume.suite(), codec.keyAreaBytes(), random);
    byte[] plaintext = codec.encode(volume.fields(Instant.now()), keyArea);
    try {
      HeaderSealer sealer = new HeaderSealer(kdf, volume.suite(), codec.saltBytes(), random);
      VolumeFormat format = volume.family().format();
      List<byte[]> headers = sealer.seal(volume.headers().size(), plaintext, format, secrets, name);
      DataUnitCipher data = volume.suite().dataCipher(keyArea, 0);
      return new SealedVolume(volume, headers, data, filling);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
      Arrays.fill(keyArea, (byte) 0);
    }
  }

  @Override
  public void close() {
    secrets.close();
    keys.close();
  }
}
